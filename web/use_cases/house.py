"""Opens the product: the store at its newest schema, and the use cases over it, wired together once."""

from dataclasses import dataclass

from web.config import Config
from web.storage.database import Database, open_database
from web.storage.migrations.revision import upgrade
from web.use_cases.approvals import Approvals
from web.use_cases.asides import Asides
from web.use_cases.changes import Changes
from web.use_cases.clients import Clients
from web.use_cases.clock import Clock, now
from web.use_cases.desk import Custom, Desk
from web.use_cases.finding import Finder
from web.use_cases.handovers import Handovers
from web.use_cases.listing import Listings
from web.use_cases.moves import Moves
from web.use_cases.papers import Papers
from web.use_cases.passwords import Passwords
from web.use_cases.peeks import Peeks
from web.use_cases.people import People
from web.use_cases.publishing import Imported, import_folder
from web.use_cases.review import Reviews
from web.use_cases.shelf import Shelf


@dataclass(frozen=True, slots=True)
class House:
    """An open store and what people can do with it."""

    config: Config
    database: Database
    clock: Clock
    people: People
    moves: Moves
    desk: Desk
    finder: Finder
    handovers: Handovers
    approvals: Approvals
    asides: Asides
    papers: Papers
    peeks: Peeks
    changes: Changes
    listings: Listings
    reviews: Reviews
    clients: Clients

    def import_guides(self) -> Imported:
        """Publish what is new in the configured folder of guides."""
        return import_folder(self.database, self.config.guides, self.clock)

    def close(self) -> None:
        """Close every connection to the store."""
        self.database.close()


def open_house(config: Config, clock: Clock = now, passwords: Passwords | None = None) -> House:
    """Open the store that the settings name, bring it to the newest schema and wire the use cases.

    `clock` and `passwords` are replaced in tests. Raises `StoreError`, `NewerStoreError`.
    """
    database = open_database(config.store)
    upgrade(database)
    shelf = Shelf(database, config.locale)
    moves = Moves(database, shelf, clock)
    custom = Custom(config.locale, config.time_zone, config.settings)
    return House(
        config=config,
        database=database,
        clock=clock,
        people=People(database, clock, passwords or Passwords()),
        moves=moves,
        desk=Desk(moves, database, shelf, custom),
        finder=Finder(database, shelf, custom, clock),
        handovers=Handovers(database, moves, shelf),
        approvals=Approvals(database, moves, shelf),
        asides=Asides(moves, database, shelf),
        papers=Papers(moves),
        peeks=Peeks(moves),
        changes=Changes(moves, shelf),
        listings=Listings(database, shelf, config.time_zone),
        reviews=Reviews(database, shelf, config.dot),
        clients=Clients(database, shelf, clock, (config.time_zone, config.locale)),
    )
