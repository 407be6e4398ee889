"""Where things lie: the project, and the shared data where they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture
def project() -> Path:
    """The root of the sources."""
    return PROJECT


@pytest.fixture
def shared() -> Path:
    """The folder of shared data; the test is skipped, and says so, where there is none."""
    folder = Path(os.environ.get("COCREATE_SHARED") or PROJECT.parent / "shared")
    if not (folder / "data" / "voting").is_dir():
        if os.environ.get("COCREATE_REQUIRE_SHARED"):
            pytest.fail(f"{folder} has no data/voting")
        pytest.skip(f"no shared data in {folder}")
    return folder
