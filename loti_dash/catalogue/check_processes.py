"""Whether the processes of stages.toml fit together and name only what the catalogue has."""

from collections.abc import Mapping

from loti_dash.catalogue.whole import Catalogue
from loti_dash.errors import CatalogueError
from loti_dash.processes import Process, Step

# What two series must share for one to count a part of those whom the other counts.
_ALIKE = ("source_id classification place_basis stock_or_flow calendar ages recorded_by").split()


def check(catalogue: Catalogue) -> None:
    """Raise CatalogueError for the first process that is not in order."""
    for process in catalogue.processes.values():
        where = f"stages.toml, {process.id}"
        population = process.population
        if bool(population.series) == bool(population.none):
            raise CatalogueError(f"{where}: population needs series, or else none to say why")
        for series in population.series:
            _must(where, "population", series, catalogue.series)
        for area in (*process.joined_areas, *process.joined_areas.values()):
            _must(where, "joined_areas", area, catalogue.areas)
        earlier: list[str] = []
        for step in process.steps:
            _check_step(catalogue, process, step, earlier)
            earlier.append(step.id)


def _check_step(catalogue: Catalogue, process: Process, step: Step, earlier: list[str]) -> None:
    where = f"stages.toml, {process.id}, {step.id}"
    if step.id in earlier or not step.series:
        raise CatalogueError(f"{where}: a step has an id of its own, and a series")
    for series in step.series:
        _must(where, "series", series, catalogue.series)
    for caveat in step.caveats:
        _must(where, "caveats", caveat, catalogue.caveats)
    if not earlier and not step.before and not step.nests:
        return
    if step.before not in earlier:
        raise CatalogueError(f"{where}: before is {step.before!r}, which is no step before it")
    if not step.note:
        raise CatalogueError(f"{where}: note must say what the two counts have in common or not")
    before = catalogue.series[process.step(step.before).series[0]]
    own = catalogue.series[step.series[0]]
    unlike = [name for name in _ALIKE if getattr(own, name) != getattr(before, name)]
    if step.nests and unlike:
        raise CatalogueError(f"{where}: it cannot nest, because {', '.join(unlike)} differ")


def _must(where: str, key: str, id_: str, known: Mapping[str, object]) -> None:
    if id_ not in known:
        raise CatalogueError(f"{where}: {key} names {id_!r}, which the catalogue does not have")
