"""What the report offers. What a name needs is loaded when the name is first asked for."""

from .writing import write_report

__all__ = ["write_report"]
