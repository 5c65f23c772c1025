# What every script has besides its own methods: masks for dropout.


# How many of 65536 numbers a probability drops.
def dropped_(self, p: float) -> int:
    return int(p * 65536. + 0.5)


def keep_scale(self, p: float) -> float:
    return 65536 / (65536 - self.dropped_(p))


# The generator's 64 bits are four numbers of 16 bits. PyTorch compares into the same type and
# converts to int8 with vector instructions, which it does not have for booleans.
def keep_mask(self, x: Tensor, p: float) -> Tensor:
    n = x.numel()
    bits = torch.empty([(n + 3) // 4], dtype=4, device=x.device)  # int64
    numbers = torch.view_copy(bits.random_(-9223372036854775808, None), 2)  # int16
    kept = torch.to(numbers.ge_(self.dropped_(p) - 32768), 1)  # int8
    return kept[:n].reshape(x.shape)


def none_(self) -> NoneType:
    return None
