"""Many scenarios: designs, compiled re-solves, executors, the store of results.

The room can be called: ``regmodel.batch(design, out)`` runs a batch. A room has the name that Python finds under
``regmodel.batch`` once anything of it is imported, and users call the same name.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regmodel.batch.model import Batch


class _Room(ModuleType):
    """The room, which runs a batch when it is called."""

    def __call__(self, *given: Any, **options: Any) -> Batch:
        from regmodel.batch.running import batch

        return batch(*given, **options)


sys.modules[__name__].__class__ = _Room
