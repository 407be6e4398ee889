"""The Python binding covers every public function: each is named in bindings/python/cocreate/*.i or _lowlevel.pyi."""

import re

from sources import ROOT, finish, public_functions, skip, without_comments

folder = ROOT / "bindings" / "python" / "cocreate"
stub = folder / "_lowlevel.pyi"
interfaces = sorted(folder.glob("*.i"))
if not interfaces or not stub.is_file():
    skip("binding", "there is no binding yet")

names = sorted({name for name, _, _ in public_functions()})
stubs = set(re.findall(r"^def (\w+)", stub.read_text(encoding="utf-8"), re.M))
swig = "\n".join(without_comments(path.read_text(encoding="utf-8")) for path in interfaces)
# What a handle calls when it is freed, and what typemaps call, is covered without being a function of Python.
used = set(re.findall(r"\bcocreate_\w+", re.sub(r"%ignore[^;]*;", "", swig)))

problems = []
for name in names:
    if name not in stubs and name not in used:
        problems.append(f"{name}: not in {stub.relative_to(ROOT)}")
for name in sorted(stubs):
    if name.startswith("cocreate_") and name not in names:
        problems.append(f"{stub.relative_to(ROOT)}: {name} is no public function")
finish("binding", problems, f"{len(names)} functions, each covered")
