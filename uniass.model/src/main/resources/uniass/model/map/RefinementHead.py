# What the refinement head sees of a level, and what it learns from.


# From features t and their reconstruction r (N,C,h,w) to (N,C+1,h/pool,w/pool): how far apart both
# are in each channel once their lengths are one, and the logarithm of their cosine distance.
def differences(self, t: Tensor, r: Tensor, pool: int) -> Tensor:
    a = t / (torch.linalg_vector_norm(t, 2, [1], True) + 1e-6)
    b = r / (torch.linalg_vector_norm(r, 2, [1], True) + 1e-6)
    d = torch.abs(a - b) * (t.size(1) ** 0.5)
    distance = torch.square(a - b).sum([1], True) * 0.5
    x = torch.cat([d, torch.log(distance + 1e-4) * 0.25 + 1.], 1)
    if pool > 1:
        x = torch.avg_pool2d(x, [pool, pool])
    return x


# Focal loss (Lin et al., ICCV 2017) over the batch, per pixel of a defect, and Dice loss (Milletari
# et al., 3DV 2016) of each image. Masks (N,1,h,w) may be soft.
def focal_dice(self, logits: Tensor, masks: Tensor, gamma: float, alpha: float) -> Tensor:
    p = torch.sigmoid(logits)
    missed = torch.abs(masks - p)
    entropy = torch.binary_cross_entropy_with_logits(logits, masks, None, None, 0)
    weight = masks * (2. * alpha - 1.) + (1. - alpha)
    focal = (weight * missed ** gamma * entropy).sum() / (masks.sum() + 1.)
    both = (p * masks).sum([1, 2, 3])
    either = p.sum([1, 2, 3]) + masks.sum([1, 2, 3])
    dice = torch.rsub((both * 2. + 1.) / (either + 1.), 1)
    return focal + dice.mean()


# Features with noise where a mask (N,1,h,w) says so, as strong as their own deviation per channel.
def disturbed(self, t: Tensor, mask: Tensor, noise: Tensor, strength: float) -> Tensor:
    return t + noise * mask * t.std([0, 2, 3], True, True) * strength
