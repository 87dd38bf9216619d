"""The learning platforms, one file each, in the order in which they are tried. A new platform is a new file and one more line here."""

from .blackboard import Blackboard
from .canvas import Canvas
from .folder import Folder
from .moodle import Moodle
from .nbgrader import Nbgrader
from .platform import Platform

PLATFORMS: list[Platform] = [
    Moodle(),
    Blackboard(),  # before Canvas, whose paths begin like those of a test that has two numbers in its title
    Canvas(),
    Nbgrader(),
    Folder(),
]
