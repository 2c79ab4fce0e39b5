"""What `node init` and `node found` say to a program."""

from pathlib import Path

from cli_nodes import value

from architrave.record.founding import DEMONSTRATION_DOMAIN


def test_three_nodes_are_made_and_founded_with_answers_as_json(tmp_path: Path) -> None:
    folders = {party: tmp_path / party for party in ("JPN", "KOR", "USA")}
    requests = []
    for number, (party, folder) in enumerate(folders.items()):
        made = value(
            "node", "init", folder, "--party", party, "--domain", DEMONSTRATION_DOMAIN,
            "--url", f"http://127.0.0.1:{9000 + number}",
        )  # fmt: skip
        assert (made["party"], made["folder"]) == (party, str(folder))
        requests.append(Path(made["request"]))
    files = [*requests]
    waited = []
    for folder in folders.values():
        step = value("node", "found", folder, *files)
        waited.append(step["waiting"])
        files.append(folder / "signature.json")
    assert waited == [["KOR", "USA"], ["USA"], []]
    assert (folders["USA"] / "founding.json").is_file()
    assert len(step["institution"]) == 64
