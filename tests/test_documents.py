"""Documents that follow from the catalogue stand in docs/ as they would be written now."""

from loti_dash import catalogue, config, documents


def texts():
    return documents.texts(catalogue.read(config.CATALOGUE), catalogue.measures(config.CATALOGUE))


def test_generated_documents_are_up_to_date():
    for name, text in texts().items():
        written = (config.ROOT / "docs" / name).read_text(encoding="utf-8")
        assert written == text, f"docs/{name}: run `python -m loti_dash docs`"


def test_every_indicator_and_term_is_in_them():
    definitions = catalogue.read(config.CATALOGUE)
    for id_ in definitions.indicators:
        assert f"`{id_}`" in texts()["indicators.md"]
    for term in definitions.terms.values():
        assert term.meaning in texts()["glossary.md"]
