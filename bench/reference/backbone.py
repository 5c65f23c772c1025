"""EfficientNet B0..B6 and Lite0 feature extractor with static SAME paddings of the native size."""
import math
import torch
from torch import nn
from torch.nn import functional as F

#        width depth native  levels (0-based block indices)
SIZES = {
    "efficientnet-b0": (1.0, 1.0, 224, (0, 2, 4, 10)), "efficientnet-b1": (1.0, 1.1, 240, (1, 4, 7, 15)),
    "efficientnet-b2": (1.1, 1.2, 260, (1, 4, 7, 15)), "efficientnet-b3": (1.2, 1.4, 300, (1, 4, 7, 17)),
    "efficientnet-b4": (1.4, 1.8, 380, (1, 5, 9, 21)), "efficientnet-b5": (1.6, 2.2, 456, (2, 7, 12, 26)),
    "efficientnet-b6": (1.8, 2.6, 528, (2, 8, 14, 30)), "efficientnet-lite0": (1.0, 1.0, 224, (0, 2, 4, 10)),
}
# repeats, kernel, stride, expansion, out width
STAGES = [(1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112), (4, 5, 2, 6, 192), (1, 3, 1, 6, 320)]

def rounded(width, factor):
    w = width * factor
    r = max(8, int(w + 4) // 8 * 8)
    return r + 8 if r < 0.9 * w else r

class SameConv(nn.Conv2d):
    """pads for a fixed `size` (before this conv) as TensorFlow's SAME would, whatever it is then given"""
    def __init__(self, cin, cout, k, stride=1, groups=1, bias=False, size=1):
        super().__init__(cin, cout, k, stride, 0, 1, groups, bias)
        total = max((math.ceil(size / stride) - 1) * stride + k - size, 0)
        self.pads = (total // 2, total - total // 2) * 2   # left, right, top, bottom
    def forward(self, x):
        if any(self.pads):
            x = F.pad(x, self.pads)
        return super().forward(x)

class Block(nn.Module):
    def __init__(self, cin, cout, k, stride, expand, se, act, size):
        super().__init__()
        mid = cin * expand
        bn = lambda c: nn.BatchNorm2d(c, eps=1e-3)
        if expand != 1:
            self._expand_conv = SameConv(cin, mid, 1, size=size)
            self._bn0 = bn(mid)
        self._depthwise_conv = SameConv(mid, mid, k, stride, groups=mid, size=size)
        self._bn1 = bn(mid)
        if se:
            r = max(1, int(cin * 0.25))
            self._se_reduce = SameConv(mid, r, 1, bias=True)
            self._se_expand = SameConv(r, mid, 1, bias=True)
        self._project_conv = SameConv(mid, cout, 1, size=math.ceil(size / stride))
        self._bn2 = bn(cout)
        self.expand, self.se, self.act, self.skip = expand != 1, se, act, stride == 1 and cin == cout
    def forward(self, x, tap=None, name=""):
        y = x
        def t(k, v):
            if tap is not None: tap[name + k] = v
        if self.expand:
            y = self._expand_conv(y); t(".expand_conv", y)
            y = self._bn0(y); t(".bn0", y)
            y = self.act(y)
        y = self._depthwise_conv(y); t(".depthwise_conv", y)
        y = self._bn1(y); t(".bn1", y)
        y = self.act(y)
        if self.se:
            s = self._se_expand(self.act(self._se_reduce(y.mean((2, 3), keepdim=True)))); t(".se_expand", s)
            y = torch.sigmoid(s) * y
        y = self._project_conv(y); t(".project_conv", y)
        y = self._bn2(y); t(".bn2", y)
        y = y + x if self.skip else y
        t("", y)
        return y

def swish(x):
    return x * torch.sigmoid(x)

class EfficientNet(nn.Module):
    def __init__(self, name, classifier=False):
        super().__init__()
        width, depth, size, levels = SIZES[name]
        lite = "lite" in name
        act = F.relu6 if lite else swish
        self.act, self.levels, self.classifier = act, levels, classifier
        stem = 32 if lite else rounded(32, width)
        self._conv_stem = SameConv(3, stem, 3, 2, size=size)
        self._bn0 = nn.BatchNorm2d(stem, eps=1e-3)
        size = math.ceil(size / 2)
        self._blocks = nn.ModuleList()
        cin, self.widths = stem, []
        for n, k, s, e, c in STAGES:
            cout = rounded(c, width)
            fixed = lite and c in (16, 320)
            for r in range(n if fixed else math.ceil(n * depth)):
                if len(self._blocks) > levels[-1] and not classifier:
                    break
                st = s if r == 0 else 1
                self._blocks.append(Block(cin, cout, k, st, e, not lite, act, size))
                size = math.ceil(size / st)
                cin = cout
                self.widths.append(cout)
        self.channels = [self.widths[i] for i in levels]
        if classifier:
            head = 1280 if lite else rounded(1280, width)
            self._conv_head = SameConv(cin, head, 1, size=size)
            self._bn1 = nn.BatchNorm2d(head, eps=1e-3)
            self._fc = nn.Linear(head, 1000)
    def forward(self, x, tap=None):
        x = self._conv_stem(x)
        if tap is not None: tap["backbone.conv_stem"] = x
        x = self._bn0(x)
        if tap is not None: tap["backbone.bn0"] = x
        x = self.act(x)
        out = []
        for i, b in enumerate(self._blocks):
            x = b(x, tap, "backbone.block%02d" % i)
            if i in self.levels: out.append(x)
        return out
    def classify(self, x):
        x = self.act(self._bn0(self._conv_stem(x)))
        for b in self._blocks: x = b(x)
        x = self.act(self._bn1(self._conv_head(x))).mean((2, 3))
        return self._fc(x)
