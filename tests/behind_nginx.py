"""Servers of the dashboard behind nginx, as deploy/nginx.conf has it: all on this machine."""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from loti_dash import config

CONFIGURATION = config.ROOT / "deploy" / "nginx.conf"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")


@dataclass(frozen=True)
class Site:
    """Where visitors come in, what they trust, and the servers behind, each by its name."""

    address: str
    trusted: ssl.SSLContext
    servers: Mapping[str, str]
    processes: Mapping[str, "subprocess.Popen[bytes]"]

    def visitor(self) -> httpx.Client:
        """Return a browser that was never here."""
        return httpx.Client(base_url=self.address, verify=self.trusted, timeout=180)


@contextmanager
def site(folder: Path, settings: Mapping[str, str]) -> Iterator[Site]:
    """Start two servers and nginx before them, and end them after use."""
    ports = {name: free_port() for name in ("one", "two")}
    with ExitStack() as running:
        processes = {
            name: running.enter_context(_server(folder, name, port, settings))
            for name, port in ports.items()
        }
        for name, port in ports.items():
            wait_for(f"http://127.0.0.1:{port}/healthz", processes[name], folder / f"{name}.log")
        port = free_port()
        trusted = certificate(folder)
        path = rendered(folder, port, list(ports.values()))
        nginx = running.enter_context(_ended(_nginx(folder, path)))
        wait_for(f"https://127.0.0.1:{port}/healthz", nginx, folder / "nginx.log", trusted)
        servers = {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
        yield Site(f"https://127.0.0.1:{port}", trusted, servers, processes)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def rendered(folder: Path, port: int, ports: list[int]) -> Path:
    """Write the configuration with the names, ports and paths of this machine, and return it."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    plain = f"        listen 127.0.0.1:{free_port()};\n"
    changes = {
        "        listen 80;\n        listen [::]:80;\n": plain,
        "        listen [::]:443 ssl http2;\n": "",
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "app-1:8501": f"127.0.0.1:{ports[0]}",
        "app-2:8501": f"127.0.0.1:{ports[1]}",
        "/etc/nginx/tls/": f"{folder}/",
        "http {\n": "http {\n"
        + "".join(
            f"    {kind}_temp_path {folder}/nginx-{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        ),
    }
    for before, after in changes.items():
        assert before in text, before
        text = text.replace(before, after)
    path = folder / "nginx.conf"
    path.write_text(text, encoding="utf-8")
    return path


def nginx_command(folder: Path, path: Path) -> list[str]:
    """Return the command that runs nginx with a configuration, in a folder of its own."""
    user = "" if os.geteuid() else "user root; "
    also = f"{user}pid {folder}/nginx.pid; daemon off;"
    return [str(NGINX), "-p", str(folder), "-e", "stderr", "-c", str(path), "-g", also]


def wait_for(
    address: str,
    process: "subprocess.Popen[bytes]",
    log: Path,
    trusted: ssl.SSLContext | None = None,
) -> None:
    """Wait until an address answers. Raises RuntimeError with the log if its process ended."""
    until = time.monotonic() + 300
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            if httpx.get(address, verify=trusted or True, timeout=10).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.25)
    raise RuntimeError(f"{address} did not answer:\n{log.read_text()}")


@contextmanager
def _ended(process: "subprocess.Popen[bytes]") -> Iterator["subprocess.Popen[bytes]"]:
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def _server(
    folder: Path, name: str, port: int, settings: Mapping[str, str]
) -> Iterator["subprocess.Popen[bytes]"]:
    app = config.ROOT / "tests" / "scale" / "writing_app.py"
    options = [f"--server.port={port}", "--server.headless=true"]
    own = {"WHICH": name, "LOTI_HOME": str(folder / name)}
    with (folder / f"{name}.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(app), *options],
            cwd=config.ROOT,
            env=os.environ | settings | own,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        with _ended(process):
            yield process


def _nginx(folder: Path, path: Path) -> "subprocess.Popen[bytes]":
    with (folder / "nginx.log").open("w") as log:
        return subprocess.Popen(nginx_command(folder, path), stdout=log, stderr=subprocess.STDOUT)


def certificate(folder: Path) -> ssl.SSLContext:
    """Write a certificate for this machine, and return what trusts no other."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    address = x509.IPAddress(ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=6))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(made.public_bytes(pem))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return ssl.create_default_context(cafile=str(folder / "fullchain.pem"))
