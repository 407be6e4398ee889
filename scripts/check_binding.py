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
ignored = set(re.findall(r"%ignore\s+(\w+)", swig))
# A function that SWIG attaches to a handle (its destructor) is covered by the call in %extend.
called = set(re.findall(r"\b(cocreate_\w+)\s*\(", swig))

problems = []
for name in names:
    if name not in stubs and (name in ignored or name not in called):
        problems.append(f"{name}: not in {stub.relative_to(ROOT)}")
for name in sorted(stubs):
    if name.startswith("cocreate_") and name not in names:
        problems.append(f"{stub.relative_to(ROOT)}: {name} is no public function")
finish("binding", problems, f"{len(names)} functions, each covered")
