"""Uploads to real servers on loopback: OpenSSH's sftp, an S3 server; and the show behind nginx."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sample_show import build_show

from narrator.errors import PublishError
from narrator.publish import publish_show
from narrator.publish.public import media_type, public_files
from narrator.publish.target import Target
from narrator.publish.upload import plan_upload, upload
from narrator.shows import Show

pytestmark = [
    pytest.mark.net,
    # Libraries of the other side, not ours to mend.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
NGINX_LINES = Path(__file__).parents[2] / "docs" / "howto" / "nginx.conf"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@pytest.fixture
def show(make_show: Callable[..., Show]) -> Show:
    """A published show of two episodes."""
    return make_show(2, base_url="https://example.org/podcast", description="News.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"nothing listens on port {port}")


def stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture
def sftp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """OpenSSH's server for the present user; the address of a folder it serves."""
    pytest.importorskip("sshfs", reason="sshfs is not installed (extra sftp)")
    keygen = shutil.which("ssh-keygen")
    if not SSHD or not keygen:
        pytest.skip("no OpenSSH server on this machine")
    home = tmp_path / "home"
    (home / ".ssh").mkdir(parents=True, mode=0o700)
    for name in ("host", "user"):
        subprocess.run(
            [keygen, "-q", "-t", "ed25519", "-N", "", "-f", home / ".ssh" / f"id_{name}"], check=True
        )
    (home / ".ssh" / "id_user").rename(home / ".ssh" / "id_ed25519")
    authorized = home / ".ssh" / "authorized_keys"
    authorized.write_text((home / ".ssh" / "id_user.pub").read_text())
    port = free_port()
    config = tmp_path / "sshd_config"
    config.write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {home}/.ssh/id_host\n"
        f"AuthorizedKeysFile {authorized}\nStrictModes no\nUsePAM no\nPidFile none\n"
        "PasswordAuthentication no\nPermitRootLogin yes\nSubsystem sftp internal-sftp\n"
    )
    Path("/run/sshd").mkdir(exist_ok=True) if os.geteuid() == 0 else None
    process = subprocess.Popen([SSHD, "-D", "-e", "-f", config], stderr=subprocess.DEVNULL)
    monkeypatch.setenv("HOME", str(home))
    wait_for(port)
    host_key = (home / ".ssh" / "id_host.pub").read_text().rsplit(" ", 1)[0]
    (home / ".ssh" / "known_hosts").write_text(f"[127.0.0.1]:{port} {host_key}\n")
    yield f"sftp://{getpass.getuser()}@127.0.0.1:{port}{tmp_path}/web"
    stop(process)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An S3 server with an empty bucket; the bucket's address."""
    pytest.importorskip("s3fs", reason="s3fs is not installed (extra s3)")
    pytest.importorskip("moto.server", reason="moto's server is not installed (extra e2e)")
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", f"from moto.server import main; main(['-p', '{port}'])"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_for(port)
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}/pod", method="PUT")).close()
    yield "s3://pod/shows/harbour"
    stop(process)


def test_a_show_goes_to_an_sftp_server_whole_and_only_once(show: Show, sftp: str, tmp_path: Path) -> None:
    target = Target(sftp)
    sent: list[str] = []
    upload(show.folder, target, plan_upload(show.folder, target), on_file=sent.append)
    assert sent[-1] == "feed.xml"
    for path in public_files(show.folder):
        assert (tmp_path / "web" / path.relative_to(show.folder)).read_bytes() == path.read_bytes()
    assert not list((tmp_path / "web").rglob("*.part"))
    assert plan_upload(show.folder, Target(sftp)).paths == []


def test_a_server_with_another_key_than_known_gets_nothing(show: Show, sftp: str, tmp_path: Path) -> None:
    known = tmp_path / "home" / ".ssh" / "known_hosts"
    other = (tmp_path / "home" / ".ssh" / "id_user.pub").read_text().rsplit(" ", 1)[0]
    known.write_text(f"{known.read_text().split(' ')[0]} {other}\n")
    with pytest.raises(PublishError, match="cannot be reached"):
        Target(sftp)


def test_a_show_goes_to_a_bucket_with_types_and_caching(show: Show, bucket: str) -> None:
    target = Target(bucket)
    upload(show.folder, target, plan_upload(show.folder, target))
    assert set(target.sizes()) == {p.relative_to(show.folder).as_posix() for p in public_files(show.folder)}
    for name, kind, caching in (
        (show.episodes[0].audio.path, "audio/mpeg", "immutable"),
        ("feed.xml", "application/xml; charset=utf-8", "max-age=300"),
        ("episodes/sea-wall-1/transcript.vtt", "text/vtt; charset=utf-8", "max-age=300"),
    ):
        about = target._fs.call_s3("head_object", Bucket="pod", Key=f"shows/harbour/{name}")
        assert about["ContentType"] == kind
        assert caching in about["CacheControl"]
    assert plan_upload(show.folder, Target(bucket)).paths == []


def test_a_bucket_that_is_not_there_is_one_line(show: Show, bucket: str) -> None:
    target = Target("s3://nonesuch/x")
    with pytest.raises(PublishError, match="nonesuch"):
        upload(show.folder, target, plan_upload(show.folder, target))


@pytest.fixture
def nginx(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Debian's nginx with a folder below a sub-path; the folder and its address."""
    if not NGINX:
        pytest.skip("no nginx on this machine")
    port = free_port()
    web = tmp_path / "www"
    (web / "some" / "where").mkdir(parents=True)
    config = tmp_path / "nginx.conf"
    config.write_text(
        f"daemon off; master_process off; error_log {tmp_path}/error.log; pid {tmp_path}/nginx.pid;\n"
        "events {}\nhttp {\n access_log off;\n"
        + "".join(
            f" {kind}_temp_path {tmp_path}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + f" server {{ listen 127.0.0.1:{port}; root {web}; location / {{ include {NGINX_LINES}; }} }}\n}}\n"
    )
    process = subprocess.Popen([NGINX, "-p", str(tmp_path), "-c", config], stderr=subprocess.DEVNULL)
    wait_for(port)
    yield web / "some" / "where", f"http://127.0.0.1:{port}/some/where"
    stop(process)


def test_behind_nginx_on_a_sub_path_every_address_answers(nginx: tuple[Path, str], tmp_path: Path) -> None:
    web, base = nginx
    folder = tmp_path / "podcast"
    folder.mkdir()
    show = build_show(folder, 2, base_url=base)
    publish_show(show)
    target = Target(str(web))
    upload(folder, target, plan_upload(folder, target))
    from xml.etree import ElementTree

    with urllib.request.urlopen(f"{base}/feed.xml") as answer:
        assert "xml" in answer.headers["content-type"]
        root = ElementTree.fromstring(answer.read())
    addresses = {
        value
        for element in root.iter()
        for value in (*element.attrib.values(), element.text or "")
        if value.startswith(base)
    }
    assert len(addresses) > 12
    for address in addresses:
        with urllib.request.urlopen(address) as answer:
            assert answer.status == 200
            assert answer.headers["content-type"].split(";")[0] in {
                media_type(address).split(";")[0],
                "text/xml",
            }
            assert answer.headers["access-control-allow-origin"] == "*"
