"""What deploy/ has: configurations that their own programs accept, and that fit together."""

import re
import shutil
import subprocess
import time

import behind_nginx
import httpx
import pytest
import yaml

from loti_dash import config
from loti_dash.__main__ import _parser

DEPLOY = config.ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
COMPOSE = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")


def test_nginx_accepts_its_configuration(tmp_path):
    if behind_nginx.NGINX is None:
        pytest.skip("nginx is not installed: apt-get install nginx-light")
    behind_nginx.certificate(tmp_path)
    path = behind_nginx.rendered(tmp_path, behind_nginx.free_port(), [1, 2])
    command = behind_nginx.nginx_command(tmp_path, path)
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    assert "warn" not in tested.stderr


def _answers(address, trusted):
    try:
        httpx.get(address, verify=trusted)
    except httpx.TransportError:
        return False
    return True


@pytest.fixture
def nothing_behind(tmp_path):
    """Return the address of nginx with no server behind it, and what trusts it."""
    if behind_nginx.NGINX is None:
        pytest.skip("nginx is not installed: apt-get install nginx-light")
    trusted, port = behind_nginx.certificate(tmp_path), behind_nginx.free_port()
    nowhere = [behind_nginx.free_port() for _ in range(2)]
    path = behind_nginx.rendered(tmp_path, port, nowhere)
    # So few that a test need not send thousands.
    path.write_text(path.read_text().replace("rate=200r/s", "rate=1r/m").replace("=4000", "=3"))
    command = behind_nginx.nginx_command(tmp_path, path)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"https://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 60
        while not _answers(f"{address}/static/up", trusted):
            assert time.monotonic() < until, "nginx does not start"
            time.sleep(0.05)
        yield address, trusted
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_scripts_are_not_counted_and_what_is_refused_says_when_to_ask_again(nothing_behind):
    address, trusted = nothing_behind
    with httpx.Client(base_url=address, verify=trusted) as one:
        scripts = [one.get(f"/static/{n}.js") for n in range(20)]
        pages = [one.get("/") for _ in range(6)]

    assert [each.status_code for each in scripts] == [502] * 20
    assert [each.status_code for each in pages] == [502] * 4 + [429] * 2
    assert [each.headers.get("Retry-After") for each in pages] == [None] * 4 + ["5"] * 2
    for each in scripts + pages:
        assert each.headers["X-Content-Type-Options"] == "nosniff"
        assert each.headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_systemd_accepts_the_units(tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed: apt-get install systemd")
    paths = []
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        name = unit.name.replace("@.", "@8501.")
        paths.append(tmp_path / name)
        paths[-1].write_text(text.replace("/opt/loti-dash/.venv", str(config.ROOT / ".venv")))
    verified = subprocess.run(
        ["systemd-analyze", "verify", *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in verified.stderr.splitlines() if str(tmp_path) in line]
    assert (verified.returncode, ours) == (0, [])


def test_every_command_of_units_and_compose_exists():
    written = COMPOSE + "".join(unit.read_text(encoding="utf-8") for unit in UNITS)
    found = set(re.findall(r'-m loti_dash (\w+)|"-m", "loti_dash", "(\w+)"', written))
    assert {"".join(each) for each in found} == {"purge", "backup"}
    assert _parser().parse_args(["purge"])
    assert _parser().parse_args(["backup", "file.zip"])


def test_every_timer_has_its_service():
    names = {unit.name for unit in UNITS}
    timers = [name for name in names if name.endswith(".timer")]
    assert len(timers) == 2
    assert {name.replace(".timer", ".service") for name in timers} < names


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load(COMPOSE)


def test_the_compose_file_is_whole(compose):
    services = compose["services"]
    assert set(services) == {"app-1", "app-2", "nginx", "postgres", "purge", "backup"}
    for service in services.values():
        assert service["image"]
        for volume in service["volumes"]:
            source, target = volume.split(":")[:2]
            assert source in compose["volumes"] or source.startswith("./")
            assert target.startswith("/")
        assert set(service["networks"]) <= set(compose["networks"])
        for other in service.get("depends_on", ()):
            assert other in services


def test_docker_accepts_the_compose_file(tmp_path):
    docker = shutil.which("docker")
    there = (
        docker
        and not subprocess.run(
            [docker, "compose", "version"], capture_output=True, check=False
        ).returncode
    )
    if not there:
        pytest.skip("docker compose is not installed")
    settings = tmp_path / "env"
    settings.write_text("DASHBOARD_HOST=a.example\nPOSTGRES_PASSWORD=x\nCOOKIE_SECRET=y\n")
    read = subprocess.run(
        [docker, "compose", "--env-file", settings, "-f", DEPLOY / "compose.yaml", "config", "-q"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert read.returncode == 0, read.stderr


def test_only_nginx_can_be_reached_from_outside(compose):
    open_ = {name for name, service in compose["services"].items() if "ports" in service}
    assert open_ == {"nginx"}


def test_nginx_and_compose_name_the_same_servers(compose):
    text = behind_nginx.CONFIGURATION.read_text(encoding="utf-8")
    named = set(re.findall(r"server ([\w-]+):8501", text))
    assert named == {name for name in compose["services"] if name.startswith("app-")}


def test_what_nginx_says_counts_in_the_network_of_compose(compose):
    (network,) = compose["networks"]["inside"]["ipam"]["config"]
    settings = compose["services"]["app-1"]["environment"]
    assert settings["LOTI_PROXIES"] == network["subnet"]


def test_no_secret_is_written_down():
    for path in [*UNITS, DEPLOY / "compose.yaml", DEPLOY / "example.env"]:
        for line in path.read_text(encoding="utf-8").splitlines():
            name, _, value = line.strip("# ").partition("=")
            if re.search(r"SECRET|PASSWORD|KEY", name) and re.fullmatch(r"[A-Z_]+", name):
                assert value == "", line


def test_every_setting_of_the_example_is_one_that_is_read():
    names = set(
        re.findall(r"^#? ?((?:LOTI|AWS)_\w+)=", (DEPLOY / "example.env").read_text(), re.M)
    )
    read = (config.ROOT / "loti_dash" / "config.py").read_text(encoding="utf-8")
    assert names
    for name in names:
        assert name in read or f'"{name.removeprefix("AWS_")}"' in read, name
