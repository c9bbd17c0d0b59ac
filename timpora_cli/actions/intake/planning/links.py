"""What links join, whatever their order: rows by their numbers, and numbers by whom they name."""

from collections.abc import Hashable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Links:
    """Things that are joined to each other, each with one of its group that stands for all of them."""

    _parent: dict[Hashable, Hashable] = field(default_factory=dict, repr=False)

    def join(self, one: Hashable, other: Hashable) -> None:
        """Join two things, with all that each is joined to."""
        self._parent[self.of(one)] = self.of(other)

    def of(self, thing: Hashable) -> Hashable:
        """Return what stands for the group of a thing: the same for two that are joined."""
        while self._parent.setdefault(thing, thing) != thing:
            self._parent[thing] = thing = self._parent[self._parent[thing]]
        return thing
