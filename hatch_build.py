"""What is made when the package is built: catalogues of the languages, and the table of how they write numbers and dates."""

import sys
from pathlib import Path
from types import ModuleType

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Languages(BuildHookInterface):
    """Called by hatchling before it packs, for a wheel and for an editable install alike."""

    def initialize(self, version, build_data):
        package = ModuleType("coursekit")  # without its __init__, which needs what is not installed where a package is built
        package.__path__ = [str(Path(self.root) / "coursekit")]
        sys.modules["coursekit"] = package
        from coursekit.authoring.translation import build

        build()
