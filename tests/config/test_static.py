"""Static files: compressed with gzip, so that the first start is quick."""

from pathlib import Path

from django.core.files.base import ContentFile

from safecall.config.static import StaticFiles


def test_a_style_sheet_is_kept_compressed_with_gzip_alone(tmp_path: Path) -> None:
    storage = StaticFiles(location=str(tmp_path), base_url="/static/")
    storage.save("a.css", ContentFile(b"p { color: #16222d; }\n" * 400))
    done = list(storage.post_process({"a.css": (storage, "a.css")}))
    assert not [one for one in done if isinstance(one[2], Exception)]
    names = {path.name for path in tmp_path.iterdir()}
    hashed = storage.hashed_files["a.css"]
    assert {"a.css", hashed, f"{hashed}.gz"} <= names
    assert not [name for name in names if name.endswith(".br")]
