"""Refuses to package a source tree without the generated files, because its figures would be empty."""

from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = ("divergence-figure.js", "figures.json", "licenses.txt", "numbers.wasm")


class CustomBuildHook(BuildHookInterface):
    def initialize(self, version, build_data):
        folder = Path(self.root, "src", "divergences", "static")
        missing = [name for name in BUILT if not (folder / name).is_file()]
        if missing:
            raise FileNotFoundError(
                f"{', '.join(missing)} missing in {folder}: run `cargo xtask wheel` at the top of the repository, "
                "which builds the figures, then install again"
            )
