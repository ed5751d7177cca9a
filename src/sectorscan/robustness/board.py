"""A board's weights: each member's answers turned into weights, their medians, their agreement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sectorscan.config.models import Config
from sectorscan.robustness.elicitation import Pairwise, kendall_w, median_shares
from sectorscan.tables.model import FloatArray


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """The groups and the criteria in each, in the config's order."""

    groups: tuple[str, ...]
    criteria: tuple[tuple[str, ...], ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """All criteria, group by group."""
        return tuple(name for names in self.criteria for name in names)

    @property
    def blocks(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What is weighed against each other: the groups ("" stands for all), then each group's."""
        yield "", self.groups
        yield from zip(self.groups, self.criteria, strict=True)


def hierarchy_of(config: Config) -> Hierarchy:
    """Return a config's groups that have criteria."""
    groups = {name: group for name, group in config.criteria.items() if group.indicators}
    return Hierarchy(tuple(groups), tuple(tuple(group.indicators) for group in groups.values()))


def labels_of(config: Config) -> dict[tuple[str, ...], str]:
    """Return names for people, by ("group", name) and ("criterion", name)."""
    from sectorscan.config.known import DECLARED
    from sectorscan.indicators.registry import REGISTRY

    labels: dict[tuple[str, ...], str] = {}
    for group, body in config.criteria.items():
        labels[("group", group)] = group[:1].upper() + group[1:].replace("_", " ")
        for name in body.indicators:
            spec = REGISTRY.get(name) or DECLARED.get(name)
            labels[("criterion", name)] = spec.label if spec else name
    return labels


@dataclass(frozen=True, slots=True)
class Member:
    """One member's weights.

    ``groups`` (G,) sum to 1; ``inside`` are each group's criteria's shares, which sum to 1, NaN
    where the group got nothing and its criteria were left blank. ``pairwise`` has, under AHP, each
    block's comparisons by its group's name ("" for the groups).
    """

    name: str
    file: str
    sheet: str
    method: str
    groups: FloatArray
    inside: tuple[FloatArray, ...]
    pairwise: dict[str, Pairwise]

    @property
    def effective(self) -> FloatArray:
        """The (C,) effective weights, which sum to 1."""
        return effective(self.groups, self.inside)


def effective(groups: FloatArray, inside: Sequence[FloatArray]) -> FloatArray:
    """Return the (C,) effective weights; a group without weight gives its criteria 0."""
    return np.concatenate(
        [share * np.nan_to_num(within) for share, within in zip(groups, inside, strict=True)]
    )


@dataclass(frozen=True, slots=True)
class Board:
    """The members, and what they settle on.

    ``groups`` (G,) and ``inside`` are medians brought back to a sum of 1 at their own level, so
    that the hierarchy holds; ``effective`` (C,) is what they come to. ``spread`` (5, C) are the
    members' least, lower quartile, median, upper quartile and greatest effective weight.
    ``agreement`` is Kendall's W of the effective weights, ``group_agreement`` of the groups'; NaN
    where it says nothing.
    """

    hierarchy: Hierarchy
    members: tuple[Member, ...]
    groups: FloatArray
    inside: tuple[FloatArray, ...]
    spread: FloatArray
    agreement: float
    group_agreement: float

    @property
    def effective(self) -> FloatArray:
        """The (C,) median weights, which sum to 1."""
        return effective(self.groups, self.inside)


def settle(hierarchy: Hierarchy, members: Sequence[Member], config: Config) -> Board:
    """Return the board of at least one member.

    Where nobody weighed the criteria inside a group, the config's own shares stay.
    """
    each = np.array([member.effective for member in members])
    groups = np.array([member.groups for member in members])
    inside = []
    for place, group in enumerate(hierarchy.groups):
        shares = median_shares(np.array([member.inside[place] for member in members]))
        if np.isnan(shares).any():
            shares = _configured(config, group)
        inside.append(shares)
    return Board(
        hierarchy=hierarchy,
        members=tuple(members),
        groups=median_shares(groups),
        inside=tuple(inside),
        spread=np.quantile(each, (0, 0.25, 0.5, 0.75, 1), axis=0),
        agreement=kendall_w(each),
        group_agreement=kendall_w(groups),
    )


def _configured(config: Config, group: str) -> FloatArray:
    weights = np.array([one.weight for one in config.criteria[group].indicators.values()])
    return weights / weights.sum() if weights.any() else np.full(len(weights), 1 / len(weights))


def with_weights(config: Config, board: Board, groups: FloatArray,
                 inside: Sequence[FloatArray]) -> Config:  # fmt: skip
    """Return the config with other weights: scales, gates and everything else stay."""
    found = {}
    for place, (name, criteria) in enumerate(
        zip(board.hierarchy.groups, board.hierarchy.criteria, strict=True)
    ):
        group = config.criteria[name]
        shares = np.nan_to_num(inside[place])
        found[name] = group.model_copy(
            update={
                "weight": float(groups[place]),
                "indicators": {
                    one: group.indicators[one].model_copy(update={"weight": float(share)})
                    for one, share in zip(criteria, shares, strict=True)
                },
            }
        )
    return config.model_copy(update={"criteria": {**config.criteria, **found}})
