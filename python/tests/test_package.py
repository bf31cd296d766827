"""The package itself: a source tree without generated files says so."""

import shutil
import subprocess
import sys
from pathlib import Path

import divergences
import pytest

SOURCE = Path(__file__).parents[1]


@pytest.fixture
def unbuilt(tmp_path):
    shutil.copytree(SOURCE, tmp_path / "python", ignore=shutil.ignore_patterns("static", "__pycache__"))
    return tmp_path / "python"


def run(*arguments, **environment):
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment or None)
    return done.returncode, done.stdout + done.stderr


def test_it_cannot_be_installed(unbuilt, tmp_path):
    options = ["--disable-pip-version-check", "--no-build-isolation", "--no-deps", "--wheel-dir", tmp_path]
    code, said = run("-m", "pip", "wheel", *options, unbuilt)
    assert code != 0 and "cargo xtask wheel" in said, said
    assert not list(tmp_path.glob("*.whl"))


def test_it_cannot_be_imported(unbuilt):
    code, said = run("-c", "import divergences", PYTHONPATH=str(unbuilt / "src"))
    assert code != 0 and "ImportError" in said and "cargo xtask wheel" in said, said


def test_what_is_tested_is_what_was_installed():
    assert SOURCE not in Path(divergences.__file__).parents


def test_a_program_that_asks_ends_in_silence():
    code, said = run("-W", "error", "-c", "import divergences; divergences.readouts('kl-fit')")
    assert (code, said) == (0, "")


def test_the_licences_of_what_is_in_it_come_along():
    notices = Path(divergences.__file__).with_name("static") / "licenses.txt"
    assert "Permission is hereby granted" in notices.read_text(encoding="utf-8")
