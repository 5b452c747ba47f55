"""Trains an exported network with PyTorch and compares the losses step by step.

usage: compare.py FILE...        files of `MethodStudies network-export`
Ends with 1 if a loss differs by more than 1e-5.
"""
import json
import sys

import torch

torch.set_default_dtype(torch.float64)
TOLERANCE = 1e-5


class Branch(torch.nn.Module):
    """Layers H' = elu([A_1 H, ..., A_R H, H] W + b), or one without elu, and an own head."""

    def __init__(self, spec, is_linear):
        super().__init__()
        self.is_linear = is_linear
        self.features = torch.tensor(spec["features"])
        self.measured = torch.tensor(spec["isMeasured"])
        count = len(spec["features"])
        self.relations = []
        for entries in spec["relations"]:
            entries = torch.tensor(entries)
            self.relations.append(
                torch.sparse_coo_tensor(entries[:, :2].T.long(), entries[:, 2], (count, count)))
        self.layers = torch.nn.ModuleList(linear(layer) for layer in spec["layers"])
        self.head = linear(spec["head"])

    def forward(self):
        hidden = self.features
        for layer in self.layers:
            heard = [torch.sparse.mm(relation, hidden) for relation in self.relations]
            hidden = layer(torch.cat(heard + [hidden], dim=1))
            if not self.is_linear:
                hidden = torch.nn.functional.elu(hidden)
        return hidden, self.head(hidden)


def linear(spec):
    weights = torch.tensor(spec["weights"])
    layer = torch.nn.Linear(*weights.shape)
    with torch.no_grad():
        layer.weight.copy_(weights.T)
        layer.bias.copy_(torch.tensor(spec["bias"]))
    return layer


def class_weights(labels, class_count, beta=0.999):
    """Inverse effective numbers (Cui et al. 2019), mean 1 over the classes that occur."""
    counts = torch.bincount(labels[labels >= 0], minlength=class_count)
    weights = torch.where(
        counts > 0, (1 - beta) / (1 - beta ** counts.clamp(min=1).double()), 0.0)
    return weights * (counts > 0).sum() / weights.sum()


def cross_entropy(logits, labels, weights, counted):
    rows = counted & (labels >= 0)
    if not rows.any():
        return logits.sum() * 0
    return torch.nn.functional.cross_entropy(logits[rows], labels[rows], weight=weights)


def losses_of(branches, head, labels, weights):
    answers = [branch() for branch in branches]
    measured = torch.stack([branch.measured for branch in branches], dim=1).double()
    shares = measured / measured.sum(dim=1, keepdim=True).clamp(min=1)
    mixture = sum(shares[:, m : m + 1] * answers[m][0] for m in range(len(branches)))
    fused = cross_entropy(head(mixture), labels, weights, measured.sum(dim=1) > 0)
    own = [
        cross_entropy(logits, labels, weights, branch.measured)
        for branch, (_, logits) in zip(branches, answers)
    ]
    return [fused] + own


def optimizer(spec, parameters):
    decaying = [p for p in parameters if p.dim() > 1]
    biases = [p for p in parameters if p.dim() == 1]
    groups = [
        {"params": decaying, "weight_decay": spec["weightDecay"]},
        {"params": biases, "weight_decay": 0.0},
    ]
    if spec["kind"] == "adam":
        return torch.optim.AdamW(groups, lr=spec["learningRate"])
    return torch.optim.SGD(groups, lr=spec["learningRate"], momentum=0.9)


def compare(path):
    with open(path) as file:
        spec = json.load(file)
    branches = [Branch(branch, spec["isLinear"]) for branch in spec["branches"]]
    head = linear(spec["fusedHead"])
    labels = torch.tensor(spec["labels"])
    weights = class_weights(labels, spec["classCount"])
    own = 1.0 if spec["method"] == "equal-weights" else 0.0
    parameters = [p for module in branches + [head] for p in module.parameters()]
    if own == 0:  # Heads whose loss does not count stay as they are.
        heads = {id(p) for branch in branches for p in branch.head.parameters()}
        parameters = [p for p in parameters if id(p) not in heads]
    descent = optimizer(spec["descent"], parameters)
    largest = 0.0
    for step, expected in enumerate(spec["losses"]):
        losses = losses_of(branches, head, labels, weights)
        found = [loss.item() for loss in losses]
        largest = max(largest, max(abs(a - b) for a, b in zip(found, expected)))
        if step == len(spec["losses"]) - 1:
            break
        descent.zero_grad()
        (losses[0] + own * sum(losses[1:])).backward()
        torch.nn.utils.clip_grad_norm_(parameters, spec["descent"]["gradientLimit"])
        descent.step()
    kind = "linear" if spec["isLinear"] else "two layers"
    print(
        f"{spec['method']}, {kind}, {spec['descent']['kind']}: {len(spec['losses']) - 1} steps, "
        f"fused loss {spec['losses'][0][0]:.6f} -> {spec['losses'][-1][0]:.6f} here, "
        f"{found[0]:.6f} in PyTorch; largest difference of any loss at any step {largest:.1e}")
    return largest <= TOLERANCE


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    # Every file is compared, whatever the others say.
    if not all([compare(path) for path in sys.argv[1:]]):
        sys.exit(1)


if __name__ == "__main__":
    main()
