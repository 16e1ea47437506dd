"""What an outcome canvas is made of: outcome, action, insight, data, enablers."""

from dataclasses import dataclass

from loti_dash.definitions import Domain


@dataclass(frozen=True)
class Better:
    """Who is better off, and in what ways, because somebody acted."""

    who: str
    better_off: str
    statement: str


@dataclass(frozen=True)
class Act:
    """Who could do what differently."""

    who: str
    what: str
    intervention: str


@dataclass(frozen=True)
class Insight:
    """What somebody would need to see; what there is no figure for is a finding, too."""

    see: tuple[str, ...]
    indicators: tuple[str, ...]
    cannot_see: tuple[str, ...]


@dataclass(frozen=True)
class DataNeeds:
    """Which data would be needed, and whether it can be had and used legally and ethically."""

    needed: str
    available: str
    legal: str
    ethical: str
    new: str
    combined: str
    sharing: str
    analysis: str
    meets_needs: str
    avoid_reproducing_bias: str


@dataclass(frozen=True)
class Enablers:
    """What else needs to change."""

    policy: str
    processes: str
    organisational_culture: str
    funding: str


@dataclass(frozen=True)
class CanvasCaveats:
    """The five factors, for an outcome."""

    trust: str
    consent: str
    power: str
    transparency: str
    inclusivity: str
    not_a_silver_bullet: str


@dataclass(frozen=True)
class Added:
    """Additions of this project to the method, empty until an owner fills them."""

    owner: str
    baseline: str
    target: str
    review_date: str
    evidence_action_moves_figure: str
    least_data_quality: str
    harm_check: str
    decision_log: tuple[str, ...]
    stop_condition: str
    voice: str


@dataclass(frozen=True)
class Outcome:
    """A preset canvas: outcome, action, insight, data, enablers, in the method's order."""

    id: str
    position: int
    title: str
    deck_wording: str
    equality_aim: str
    domain: Domain
    groups: tuple[str, ...]
    outcome: Better
    action: Act
    insight: Insight
    data: DataNeeds
    enablers: Enablers
    caveats: CanvasCaveats
    added: Added

    @property
    def indicators(self) -> tuple[str, ...]:
        """The ids of the indicators that show something of it."""
        return self.insight.indicators
