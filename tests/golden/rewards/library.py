"""The shared library through its C interface, for what tests of rewards and payouts ask of it."""
import ctypes
import hashlib
import hmac
import json

SEED = bytes(range(32))


class Error(ctypes.Structure):
    _fields_ = [("status", ctypes.c_int32), ("reserved", ctypes.c_uint32),
                ("where", ctypes.c_uint64), ("text", ctypes.c_char * 240)]


def ticket(context, name):
    """What decides a lot: the smallest wins (cc-tie/1)."""
    sized = b"".join(len(text).to_bytes(4, "big") + text.encode() for text in (context, name))
    return hmac.new(SEED, b"libcocreate/tie/v1\0" + sized, hashlib.sha256).digest()


def convert(argument):
    if isinstance(argument, str):
        return argument.encode()
    return ctypes.c_int64(argument) if isinstance(argument, int) else argument


class Library:
    """Calls by name; str, int and handles go in, the status comes out."""

    def __init__(self, path):
        self.lib = ctypes.CDLL(path)
        self.error = Error()
        for name in ("awards_json", "status_name", "text_data"):
            getattr(self.lib, "cocreate_" + name).restype = ctypes.c_char_p
        for name in ("ledger_count", "text_size"):
            getattr(self.lib, "cocreate_" + name).restype = ctypes.c_size_t

    def call(self, name, *arguments):
        return getattr(self.lib, "cocreate_" + name)(*map(convert, arguments), ctypes.byref(self.error))

    def must(self, name, *arguments):
        status = self.call(name, *arguments)
        assert status == 0, (name, status, self.error.text)

    def make(self, name, *arguments):
        handle = ctypes.c_void_p()
        self.must(name, *arguments, ctypes.byref(handle))
        return handle

    def free(self, name, handle):
        getattr(self.lib, f"cocreate_{name}_free")(handle)

    def text(self, name, *arguments):
        handle = self.make(name, *arguments)
        text = self.lib.cocreate_text_data(handle).decode()
        self.free("text", handle)
        return text

    def refusal(self, status):
        """The name of a status and what was said, as ("ERR_SCHEMA", "$.rules[0]: ...")."""
        name = self.lib.cocreate_status_name(status).decode()
        return name.removeprefix("COCREATE_"), self.error.text.decode()

    def evaluate(self, scheme, result, explain=False):
        """The awards as a dictionary, with "sentences" if they are to be explained, or the refusal."""
        handle, awards = ctypes.c_void_p(), ctypes.c_void_p()
        text = json.dumps(scheme).encode()
        status = self.call("scheme_parse", None, text, len(text), ctypes.byref(handle))
        if status != 0:
            return self.refusal(status)
        text = json.dumps(result).encode()
        status = self.call("reward", handle, text, len(text), SEED, ctypes.byref(awards))
        self.free("scheme", handle)
        if status != 0:
            return self.refusal(status)
        out = json.loads(self.lib.cocreate_awards_json(awards))
        if explain:
            out["sentences"] = [self.text("awards_explain", awards, i) for i in range(len(out["awards"]))]
        self.free("awards", awards)
        return out

    def replay(self, trace):
        """The amount that a trace gives, or None where it is refused."""
        text = json.dumps(trace).encode()
        minor = ctypes.c_int64(-1)
        status = self.call("trace_replay", text, len(text), ctypes.byref(minor))
        return minor.value if status == 0 else None
