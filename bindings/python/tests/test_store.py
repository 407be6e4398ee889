"""Campaigns through the store: commands, batches, verification."""

import datetime
import threading

import pytest
from cocreate import Store, campaign, errors
from cocreate.store import microseconds

BRIEF = {
    "brief": "cocreate.brief/1",
    "title": "A vote",
    "mode": "collaborating",
    "contributors": ["customer"],
    "extra_fields": True,
    "phases": [
        {"id": "in", "opens": 0, "closes": 100, "allows": ["submit"]},
        {"id": "vote", "opens": 100, "closes": 200, "allows": ["vote"]},
    ],
    "rounds": [
        {
            "id": "r", "lead": "customer", "phase": "vote", "electorate": ["customer"], "instrument": "score",
            "scale": [0, 5], "method": "score", "cut": {"top": 1}, "certify": "auto",
        }
    ],
}  # fmt: skip


def campaign_store(path=":memory:"):
    store = Store(path)
    store.participant(0, "host", "firm", "firm")
    for name in ("ann", "bob", "cid"):
        store.participant(0, "host", name, "customer")
    store.execute(at=0, actor="firm", do="campaign.create", campaign="c", brief=BRIEF)
    store.execute(at=0, actor="firm", do="campaign.publish", campaign="c")
    store.contribution("c", 10, "ann", "a", {"text": "an idea"})
    store.contribution("c", 11, "bob", "b", {"text": "another"})
    return store


def test_a_campaign_from_brief_to_winner(tmp_path):
    store = campaign_store(tmp_path / "c.store")
    assert store.vote("c", "r", 110, "cid", {"a": 5, "b": 4})
    assert not store.vote("c", "r", 111, "cid", {"a": 5, "b": 4})
    assert store.vote("c", "r", 112, "ann", ["b"], [3])
    assert store.tick(200)
    assert not store.tick(200)
    assert store.show("c")["rounds"][0]["result"]["selected"] == ["a"]
    assert store.explain("a")["sentences"]
    answer = store.verify()
    assert answer["events"] == store.info().events == len(store.events())
    assert answer["root"] == store.root()[0].hex()
    store.backup(tmp_path / "copy.store")
    store.close()
    with Store(tmp_path / "copy.store", read_only=True) as copy:
        assert copy.verify() == answer
        with pytest.raises(errors.Error):
            copy.tick(300)


def test_refusals_name_the_rule_and_change_nothing():
    store = campaign_store()
    before = store.root()
    for call, kind, text in [
        (lambda: store.vote("c", "r", 110, "ann", {"a": 5}), errors.RefusedError, "$.rounds[0].self_vote"),
        (lambda: store.vote("c", "r", 110, "cid", {"a": 6}), errors.RefusedError, "$.rounds[0].scale"),
        (lambda: store.vote("c", "r", 110, "firm", {"a": 5}), errors.NotAllowedError, "$.rounds[0].electorate"),
        (lambda: store.vote("c", "r", 110, "cid", {"z": 5}), errors.NotFoundError, "'z'"),
        (lambda: store.vote("c", "r", 5, "cid", {"a": 5}), errors.TimeOrderError, "at "),
        (lambda: store.contribution("c", 50, "ann", "b"), errors.ConflictError, ""),
        (lambda: store.execute(at=0, actor="host", do="dance"), errors.NotFoundError, "$.do"),
        (lambda: store.execute("{"), errors.ParseError, ""),
    ]:
        with pytest.raises(kind) as caught:
            call()
        assert caught.value.text.startswith(text)
    assert store.root() == before
    assert store.verify()["verified"]


def test_a_batch_is_all_or_nothing():
    store = campaign_store()
    before = store.info().events
    with pytest.raises(ZeroDivisionError), store.batch():
        store.participant(20, "host", "dan", "customer")
        assert store.info().in_batch
        raise ZeroDivisionError
    assert store.info().events == before
    with store.batch():
        store.participant(20, "host", "dan", "customer")
    assert store.info().events == before + 1


def test_many_threads_take_turns():
    store = campaign_store()
    failures = []

    def register(thread):
        try:
            for n in range(50):
                store.participant(20, "host", f"{thread}-{n}", "customer")
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=register, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert store.verify()["verified"]


def test_times():
    moment = datetime.datetime(2009, 7, 26, 18, 18, 28, tzinfo=datetime.UTC)
    assert microseconds(moment) == microseconds("2009-07-26T20:18:28+02:00") == 1248632308000000
    for bad in ("yesterday", "2009-07-26T18:18:28", datetime.datetime(2009, 7, 26)):
        with pytest.raises(errors.ArgumentError):
            microseconds(bad)


def test_personal_data_stay_out_of_the_log():
    store = Store()
    store.participant(0, "host", "p1", "customer", {"name": "Grace Hopper"})
    assert b"Hopper" not in store.log()
    assert store.verify()["commitments"] == 1


def test_a_published_root_is_held_against_the_log():
    store = campaign_store()
    root, size = store.root()
    store.tick(150)
    store.verify(root, size)
    with pytest.raises(errors.VerifyError):
        store.verify(bytes(32), size)


def test_a_callback_may_not_use_its_store():
    store, calls = campaign_store(), []
    with store.batch():
        for number in range(5000):
            store.participant(20, "host", f"p{number}", "customer")

    def report(done, total):
        calls.append(done)
        store.tick(150)

    with pytest.raises(errors.ArgumentError, match="a progress callback may not use"):
        store.verify(progress=report)
    assert calls
    assert store.verify()["verified"]


def test_a_closed_store_says_so():
    store = Store()
    store.close()
    store.close()
    with pytest.raises(errors.ArgumentError, match="the store is closed"):
        store.show()


def test_what_is_no_store_is_refused(tmp_path):
    path = tmp_path / "x"
    with pytest.raises(errors.NotFoundError):
        Store(path, must_exist=True)
    path.write_text("this is not a database, but long enough to be looked at " * 40)
    with pytest.raises(errors.CorruptError):
        Store(path)


def test_presets_are_good_briefs():
    for preset in campaign.presets():
        assert campaign.check_brief(preset.brief)["title"] == preset.brief["title"]
    with pytest.raises(errors.NotFoundError, match="netflix_prize"):
        campaign.preset("none")
    assert campaign.mode("fixed", "customer") == "co-designing"
    assert campaign.mode("loose", "customer") is None
