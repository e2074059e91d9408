"""The shelf of units: what floats, flies or is shot at in an exercise, each a Mesa agent."""
