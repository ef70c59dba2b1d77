"""Runs the model's graph node after node in an order worked out once."""

from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner

Order = list[tuple[str, GraphNode, tuple[str, ...]]]


class StraightRunner(DaskGraphRunner):
    """Rasa builds a Dask graph for every parse and every prediction and schedules it: half of what they cost here."""

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """As the parent does; a node gets (name, output) of those it needs."""
        wanted = tuple(targets or self._graph_schema.target_names)
        done: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, node, needs in self._order_for(wanted):
            done[name] = node(*(done.get(need, need) for need in needs))
        return {name: done[name][1] for name in wanted}

    def _order_for(self, wanted: tuple[str, ...]) -> Order:
        orders: dict[tuple[str, ...], Order] = self.__dict__.setdefault("_orders", {})
        if wanted not in orders:
            orders[wanted] = self._find_order(wanted)
        return orders[wanted]

    def _find_order(self, wanted: tuple[str, ...]) -> Order:
        nodes = self._graph_schema.minimal_graph_schema(list(wanted)).nodes
        left, order = dict(nodes), []
        while left:
            ready = [name for name, node in left.items() if not left.keys() & set(node.needs.values())]
            if not ready:
                raise GraphRunError("the graph has a circle")
            order += [
                (name, self._instantiated_nodes[name], tuple(left.pop(name).needs.values())) for name in ready
            ]
        return order
