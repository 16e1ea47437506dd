"""Requests that a generator makes up from the document of the web API: none is too much for it.

A short run, the same each time. By hand, against a server that runs:
`schemathesis run http://127.0.0.1:8501/api/v1/openapi.json`.
"""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode

EXAMPLES = 8


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_request_brings_an_error_of_the_server(ask, mode):
    document = ask.get("/api/v1/openapi.json").json()
    schema = schemathesis.openapi.from_dict(document)
    asked = []

    for result in schema.get_all_operations():
        operation = result.ok()

        @seed(1)
        @settings(
            max_examples=EXAMPLES,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy(generation_mode=mode))
        def one(case):
            sent = case.as_transport_kwargs(base_url="http://dashboard.example")
            found = ask.request(
                sent["method"],
                case.path,
                params=[(k, v) for k, v in (sent.get("params") or {}).items()],
                headers={
                    str(k): str(v).encode("latin-1", "replace")
                    for k, v in (sent.get("headers") or {}).items()
                },
            )
            asked.append(found.status_code)

        if mode is GenerationMode.POSITIVE or operation.query:
            one()

    assert len(asked) >= EXAMPLES
    assert max(asked) < 500, asked
