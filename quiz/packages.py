"""Everything that answers requests or commands, in one place."""

from click import Command
from flask import Blueprint

BLUEPRINTS: tuple[Blueprint, ...] = ()
COMMANDS: tuple[Command, ...] = ()
