# What training does to parameters, in one native call each.


def norm(self, gradients: List[Tensor]) -> Tensor:
    return torch.linalg_vector_norm(torch.stack(torch._foreach_norm(gradients, 2)))


def clip(self, gradients: List[Tensor], max_norm: float) -> Tensor:
    total = self.norm(gradients)
    factor = (torch.reciprocal(total + 1e-06) * max_norm).clamp(None, 1.)
    # A norm that is not finite leaves all as it is. Asking for it here would wait for the device.
    factor = torch.where(torch.isfinite(total), factor, torch.ones_like(factor))
    torch._foreach_mul_(gradients, factor)
    return total


def finite(self, gradients: List[Tensor]) -> Tensor:
    return torch.stack([torch.all(torch.isfinite(g)) for g in gradients])


def zero(self, gradients: List[Tensor]) -> Tensor:
    torch._foreach_zero_(gradients)
    return gradients[0]


def adamw(
    self,
    values: List[Tensor],
    gradients: List[Tensor],
    m: List[Tensor],
    v: List[Tensor],
    step: Tensor,
    rate: float,
    beta1: float,
    beta2: float,
    decay: float,
    eps: float
) -> Tensor:
    step.add_(1)
    steps = [step for x in values]
    torch._fused_adamw_(
        values, gradients, m, v, [], steps,
        lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps,
        amsgrad=False, maximize=False)
    return step


def average(self, averages: List[Tensor], values: List[Tensor], weight: float) -> Tensor:
    torch._foreach_lerp_(averages, values, weight)
    return averages[0]


def swap(self, a: List[Tensor], b: List[Tensor]) -> Tensor:
    for i in range(len(a)):
        kept = a[i].clone()
        a[i].copy_(b[i])
        b[i].copy_(kept)
    return a[0]


def copy(self, into: Tensor, source: Tensor) -> Tensor:
    return into.copy_(source)
