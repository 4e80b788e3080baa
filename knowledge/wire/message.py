"""What all messages on a wire have in common, here and at the bridge."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Probability = Annotated[float, Field(ge=0.0, le=1.0)]


class Wire(BaseModel):
    """A frozen message that refuses unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)
