"""What axe finds on a page that somebody could stumble over."""

import json
from importlib.resources import files

AXE = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CONTRAST = {"type": "rule", "values": ["color-contrast"]}


def barriers(page, within: str = "body", **more) -> list[str]:
    """What axe finds serious or critical (WCAG 2.2 A and AA) in all elements that match a selector."""
    page.evaluate(f"window.axe || (0, eval)({json.dumps(AXE)})")
    options = {"runOnly": RULES, "resultTypes": ["violations"], **more}
    found = page.evaluate(f"axe.run({{include: [[{json.dumps(within)}]]}}, {json.dumps(options)})")["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in ("serious", "critical")]
