"""All drills in one visible table."""

from drills import closing, devices, herds, kills, network, power, races, restores, servers, stalls, upgrades
from drills.outcome import Drill

DRILLS: tuple[Drill, ...] = (
    Drill("R01", "kill -9 of a worker, again and again", kills.worker_dies, "acknowledge-first"),
    Drill("R02", "kill -9 of the whole server", kills.all_die, "acknowledge-first"),
    Drill("R03", "kill -9 of the database", kills.database_dies, "traces", ("postgresql",), ("postgresql",)),
    Drill("R04", "the power goes", power.power_cut, "acknowledge-first", ("sqlite",)),
    Drill("R05", "the disk is full", stalls.full_disk, "traces", ("sqlite",)),
    Drill("R06", "the database stands still", stalls.stall, "stuck-after-a-wait"),
    Drill("R07", "every third reply is lost", network.lost_replies, "count-then-insert"),
    Drill("R08", "50 starts at once", races.parallel_starts, "count-then-insert"),
    Drill("R09", "20 submits at once", races.parallel_submits, "score-every-submit"),
    Drill("R10", "saves in any order and twice", races.shuffled_saves, "any-revision"),
    Drill("R11", "two devices, one paper", devices.two_devices, "any-revision"),
    Drill("R12", "three minutes offline", devices.offline_midway, "page-gives-up"),
    Drill("R13", "saves fail, then the browser is killed", devices.failed_then_gone, "page-forgets"),
    Drill("R14", "offline when time is up", devices.offline_at_the_end, "late-saves"),
    Drill("R15", "nobody hands in", closing.nobody_returns, "forget-answers"),
    Drill("R16", "housekeeping dies, then runs twice", closing.sweeper_dies, "close-again"),
    Drill("R17", "the server's clock jumps", closing.clock_jumps, "score-every-submit"),
    Drill("R17b", "the phone's clock is a day off", devices.phone_clock, "page-asks-phone"),
    Drill("R18", "saves around the last moment", races.around_the_end, "late-saves"),
    Drill("R19", "an organiser adds time", devices.time_added, "page-asks-nobody"),
    Drill("R20", "a crowd starts", herds.opening_herd, "slow-starts"),
    Drill("R21", "a crowd hands in", herds.closing_herd, "drop-submits"),
    Drill("R22", "200 slow clients", network.slow_clients, "threads-that-read"),
    Drill("R23", "a release while people save", kills.release, "stop-and-start"),
    Drill(
        "R24",
        "the next migration, a million attempts",
        upgrades.next_migration,
        "careless-step",
        ("postgresql",),
        ("postgresql",),
    ),
    Drill("R26", "a backup comes back elsewhere", restores.restored_elsewhere, "any-moment"),
    Drill(
        "R27",
        "one of two servers dies",
        servers.one_of_two_dies,
        "acknowledge-first",
        ("postgresql",),
        ("postgresql",),
    ),
)
