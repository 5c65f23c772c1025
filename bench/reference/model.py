"""UniAS in PyTorch, independent of the Java code, every variant. For development only: the numbers that
uniass.model/src/test/resources/variants and backbones hold were computed with it, in float64."""
import math
import torch
from torch import nn
from torch.nn import functional as F
from .backbone import EfficientNet

DEFAULT = {
    "network": {"name": "uniass", "levels": 4}, "image-size": [224, 224], "backbone": "efficientnet-b4", "features": "gaussian-residual", "hidden": 256,
    "pixel-decoder": {"name": "transformer-fpn", "norm": "post", "layers": 3, "heads": 4, "ffn": 2048, "neighbour-mask": 0, "dropout": 0.1},
    "attention": {"name": "spatial-channel", "order": "cross-first", "norm": "post", "heads": 4, "ffn": 2048, "dropout": 0.1, "neighbour-mask": 7},
    "gated-cnn": {"name": "mgg-cnn", "branches": ["1x1", "3x3", "3x3-2", "3x3-3"]},
    "query": {"projector": "conv3x3", "processor": "re-weighted"},
    "map-filter": "gaussian", "fusion": "product",
    "loss": {"terms": ["mse", "cosine"], "cosine": "paper", "weight": 10},
    "jitter": {"scale": 20, "probability": 0.5},
}

def merged(over):
    cfg = {k: (dict(v) if isinstance(v, dict) else v) for k, v in DEFAULT.items()}
    for k, v in over.items():
        if isinstance(cfg[k], dict):
            cfg[k].update({"name": v} if isinstance(v, str) else v)
        else:
            cfg[k] = v
    return cfg

# ---------------------------------------------------------------- small parts
def gaussian_kernel(n, sigma, like):
    x = torch.arange(n, dtype=like.dtype) - n // 2
    g = torch.exp(-x * x / (2 * sigma * sigma))
    return g / g.sum()

def blur(x, n, sigma):
    """separable Gaussian, reflect border (edge not repeated)"""
    c, r = x.shape[1], n // 2
    k = gaussian_kernel(n, sigma, x)
    x = F.pad(x, (r, r, r, r), mode="reflect")
    x = F.conv2d(x, k.view(1, 1, 1, n).expand(c, 1, 1, n), groups=c)
    return F.conv2d(x, k.view(1, 1, n, 1).expand(c, 1, n, 1), groups=c)

def position_code(d, h, w):
    """[D, h, w] float32: first half from y, second from x; sin at even, cos at odd feature"""
    half = d // 2
    k = torch.arange(half, dtype=torch.float32)
    t = 10000.0 ** (2 * torch.div(k, 2, rounding_mode="floor") / half)
    def axis(n):
        p = torch.arange(1, n + 1, dtype=torch.float32) / (n + 1e-6) * (2 * math.pi)
        a = p[:, None] / t
        return torch.stack((a[:, 0::2].sin(), a[:, 1::2].cos()), 2).flatten(1)   # n x half
    y, x = axis(h), axis(w)
    return torch.cat((y.t()[:, :, None].expand(half, h, w), x.t()[:, None, :].expand(half, h, w)), 0).contiguous()

def neighbor_mask(h, w, size):
    """True = may NOT attend; None when size is 0"""
    if not size: return None
    y, x = torch.meshgrid(torch.arange(h), torch.arange(w), indexing="ij")
    y, x = y.flatten(), x.flatten()
    r = size // 2
    m = ((y[:, None] - y[None]).abs() <= r) & ((x[:, None] - x[None]).abs() <= r)
    if bool(m.all(1).any()):
        raise ValueError("neighbor mask %d leaves a query of a %dx%d grid nothing to see" % (size, h, w))
    return m

def tokens(x):   # [B, C, h, w] -> [L, B, C]
    return x.flatten(2).permute(2, 0, 1)

def image(x, h, w):   # [L, B, C] -> [B, C, h, w]
    return x.permute(1, 2, 0).reshape(x.shape[1], x.shape[2], h, w)

class NormConv(nn.Conv2d):
    """conv whose norm is a child called `norm`"""
    def __init__(self, cin, cout, k, norm):
        super().__init__(cin, cout, k, padding=k // 2, bias=False)
        self.norm = nn.GroupNorm(32, cout) if norm else None
    def forward(self, x):
        x = super().forward(x)
        return self.norm(x) if self.norm is not None else x

class MLP(nn.Module):
    def __init__(self, widths):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(widths, widths[1:]))
    def forward(self, x):
        for i, l in enumerate(self.layers):
            x = l(x)
            if i < len(self.layers) - 1: x = F.relu(x)
        return x

class PixelMLP(MLP):
    def forward(self, x):
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)

def conv(cin, cout, k):
    return nn.Conv2d(cin, cout, k, padding=k // 2)

class MGG(nn.Module):
    def __init__(self, cin, d, branches=("1x1", "3x3", "3x3-2", "3x3-3")):
        super().__init__()
        if "1x1" in branches: self.conv0 = conv(cin, d, 1)
        if "3x3" in branches: self.conv1 = conv(cin, d, 3)
        if "3x3-2" in branches: self.conv2 = nn.Sequential(conv(cin, d, 3), conv(d, d, 3))
        if "3x3-3" in branches: self.conv3 = nn.Sequential(conv(cin, d, 3), conv(d, d, 3), conv(d, d, 3))
    def forward(self, x):
        return sum(F.gelu(m(x)) for m in self.children())

class MGGLight(nn.Module):
    """the chains of two and three start from the output of the one 3x3 conv (before its GELU)"""
    def __init__(self, d):
        super().__init__()
        self.conv0, self.conv1 = conv(d, d, 1), conv(d, d, 3)
        self.conv2 = nn.ModuleDict({"1": conv(d, d, 3)})
        self.conv3 = nn.ModuleDict({"1": conv(d, d, 3), "2": conv(d, d, 3)})
    def forward(self, x):
        c = self.conv1(x)
        return F.gelu(self.conv0(x)) + F.gelu(c) + F.gelu(self.conv2["1"](c)) + F.gelu(self.conv3["2"](self.conv3["1"](c)))

class Conv3(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.convs = nn.ModuleList(conv(d, d, 3) for _ in range(3))
    def forward(self, x):
        for c in self.convs: x = c(x)
        return F.gelu(x)

def gated_cnn(cfg, d):
    n = cfg["name"]
    if n == "mgg-cnn": return MGG(d, d, cfg["branches"])
    return {"mgg-cnn-light": lambda: MGGLight(d), "conv3x3x3": lambda: Conv3(d), "conv3x3": lambda: conv(d, d, 3),
            "conv1x1": lambda: conv(d, d, 1), "mlp": lambda: PixelMLP([d] * 4), "identity": nn.Identity}[n]()

def projector(n, d):
    return {"conv3x3": lambda: conv(d, d, 3), "conv1x1": lambda: conv(d, d, 1), "conv3x3x3": lambda: Conv3(d),
            "mlp1": lambda: PixelMLP([d] * 2), "mlp3": lambda: PixelMLP([d] * 4), "identity": nn.Identity}[n]()

# ---------------------------------------------------------------- attention
class SelfAttn(nn.Module):
    def __init__(self, d, heads, dropout, pre):
        super().__init__()
        self.self_attn = nn.MultiheadAttention(d, heads, dropout)
        self.norm, self.pre, self.drop = nn.LayerNorm(d), pre, nn.Dropout(dropout)
    def forward(self, x, code, mask):
        y = self.norm(x) if self.pre else x
        q = y if code is None else y + code
        x = x + self.drop(self.self_attn(q, q, y, attn_mask=mask, need_weights=False)[0])
        return x if self.pre else self.norm(x)

class CrossAttn(nn.Module):
    def __init__(self, d, heads, dropout, pre):
        super().__init__()
        self.multihead_attn = nn.MultiheadAttention(d, heads, dropout)
        self.norm, self.pre, self.drop = nn.LayerNorm(d), pre, nn.Dropout(dropout)
    def forward(self, x, k, v, code, mask):
        y = self.norm(x) if self.pre else x
        q = y if code is None else y + code
        x = x + self.drop(self.multihead_attn(q, k, v, attn_mask=mask, need_weights=False)[0])
        return x if self.pre else self.norm(x)

class FFN(nn.Module):
    def __init__(self, d, ffn, dropout, pre):
        super().__init__()
        self.linear1, self.linear2 = nn.Linear(d, ffn), nn.Linear(ffn, d)
        self.norm, self.pre, self.drop = nn.LayerNorm(d), pre, nn.Dropout(dropout)
    def forward(self, x):
        y = self.norm(x) if self.pre else x
        x = x + self.drop(self.linear2(self.drop(F.relu(self.linear1(y)))))
        return x if self.pre else self.norm(x)

class AttentionBlock(nn.Module):
    def __init__(self, cfg, d, l):
        super().__init__()
        pre, h, p, f = cfg["norm"] == "pre", cfg["heads"], cfg["dropout"], cfg["ffn"]
        self.channel, self.cross_first = cfg["name"] == "spatial-channel", cfg["order"] == "cross-first"
        self.SpatialSelfAttnLayer = SelfAttn(d, h, p, pre)
        if self.channel: self.ChannelSelfAttnLayer = SelfAttn(l, h, p, pre)
        self.SpatialCrossAttnLayer = CrossAttn(d, h, p, pre)
        if self.channel: self.ChannelCrossAttnLayer = CrossAttn(l, h, p, pre)
        self.SpatialFFNLayer = FFN(d, f, p, pre)
        if self.channel: self.ChannelFFNLayer = FFN(l, f, p, pre)
    def branch(self, kind, x, k, v, code, mask, tap):
        s, c = getattr(self, kind + "SelfAttnLayer"), getattr(self, kind + "CrossAttnLayer")
        for which in ("c", "s") if self.cross_first else ("s", "c"):
            x = c(x, k, v, code, mask) if which == "c" else s(x, code, mask)
            tap(kind + ("CrossAttnLayer" if which == "c" else "SelfAttnLayer"), x)
        x = getattr(self, kind + "FFNLayer")(x)
        tap(kind + "FFNLayer", x)
        return x
    def forward(self, x, src, pos, code, mask, tap):
        tr = lambda t: t.permute(2, 1, 0)   # [L, B, D] <-> [D, B, L]
        y = self.branch("Spatial", x, src + pos, src, code, mask, tap)
        if self.channel:
            y = y + tr(self.branch("Channel", tr(x), tr(src + pos), tr(src), None, None, tap))
        tap("block_output", y)
        return y

# ---------------------------------------------------------------- pixel decoder
class EncoderLayer(nn.Module):
    def __init__(self, d, heads, ffn, dropout, pre):
        super().__init__()
        self.self_attn = nn.MultiheadAttention(d, heads, dropout)
        self.linear1, self.linear2 = nn.Linear(d, ffn), nn.Linear(ffn, d)
        self.norm1, self.norm2 = nn.LayerNorm(d), nn.LayerNorm(d)
        self.pre, self.drop = pre, nn.Dropout(dropout)
    def forward(self, x, pos, mask):
        y = self.norm1(x) if self.pre else x
        x = x + self.drop(self.self_attn(y + pos, y + pos, y, attn_mask=mask, need_weights=False)[0])
        if not self.pre: x = self.norm1(x)
        y = self.norm2(x) if self.pre else x
        x = x + self.drop(self.linear2(self.drop(F.relu(self.linear1(y)))))
        return x if self.pre else self.norm2(x)

class Encoder(nn.Module):
    def __init__(self, cfg, d):
        super().__init__()
        pre = cfg["norm"] == "pre"
        self.layers = nn.ModuleList(EncoderLayer(d, cfg["heads"], cfg["ffn"], cfg["dropout"], pre) for _ in range(cfg["layers"]))
        if pre: self.norm = nn.LayerNorm(d)
        self.pre = pre

class Holder(nn.Module):
    pass

class PixelDecoder(nn.Module):
    def __init__(self, cfg, d, widths):   # widths: head input channels, fine to coarse
        super().__init__()
        self.full, self.n = cfg["name"] == "transformer-fpn", len(widths)
        for k in range(1, self.n):
            setattr(self, "adapter_%d" % k, NormConv(widths[k - 1], d, 1, True))
            setattr(self, "layer_%d" % k, NormConv(d, d, 3, True))
        if self.full:
            self.input_proj = nn.Conv2d(widths[-1], d, 1)
            self.transformer = Holder()
            self.transformer.encoder = Encoder(cfg, d)
            self.layer_4 = NormConv(d, d, 3, False)
        else:
            self.layer_4 = NormConv(widths[-1], d, 3, True)
        self.mask_size = cfg["neighbour-mask"]
    def forward(self, feats, pos, tap):
        x = feats[-1]
        h, w = x.shape[-2:]
        if self.full:
            x = self.input_proj(x); tap("input_proj", x)
            x = tokens(x)
            mask = neighbor_mask(h, w, self.mask_size)
            enc = self.transformer.encoder
            for i, l in enumerate(enc.layers):
                x = l(x, pos, mask); tap("encoder.layer%d" % i, x)
            if enc.pre: x = enc.norm(x)
            x = image(x, h, w); tap("encoder_output", x)
        y = F.relu(self.layer_4(x)); tap("fpn_y4", y)
        out = [y]
        for k in range(self.n - 1, 0, -1):
            a = getattr(self, "adapter_%d" % k)(feats[k - 1]); tap("adapter_%d" % k, a)
            y = a + F.interpolate(y, size=a.shape[-2:], mode="bilinear", align_corners=False)
            y = F.relu(getattr(self, "layer_%d" % k)(y)); tap("fpn_y%d" % k, y)
            out.append(y)
        return out

# ---------------------------------------------------------------- predictor
class ReWeighted(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.channel_weight = Holder(); self.channel_weight.agg = MLP([d, d // 2, d // 2, d])
        self.spatial_weight = Holder(); self.spatial_weight.conv = conv(2, 1, 7)
        self.adaptor = MGG(2 * d, d)
    def forward(self, table, f, tap):   # table [2L, D], f [B, D, h, w]
        b, d, h, w = f.shape
        agg = self.channel_weight.agg
        cw = torch.sigmoid(agg(f.mean((2, 3))) + agg(f.amax((2, 3)))); tap("query.channel_weight", cw)
        sw = torch.sigmoid(self.spatial_weight.conv(torch.cat((f.mean(1, keepdim=True), f.amax(1, keepdim=True)), 1)))
        tap("query.spatial_weight", sw)
        t = table.t()[None]                                            # 1 x D x 2L
        s = sw.flatten(2).repeat(1, 1, 2)                              # B x 1 x 2L
        q = t * cw[:, :, None] + t * s                                 # B x D x 2L
        return self.adaptor(q.reshape(b, 2 * d, h, w))

class PatchEmbed(nn.Module):
    def __init__(self, d, out, p):
        super().__init__()
        self.proj = nn.Conv2d(d, out, p, stride=p)
    def forward(self, x):
        return self.proj(x)

class Predictor(nn.Module):
    def __init__(self, cfg, channels):   # channels, fine to coarse
        super().__init__()
        d, (h, w) = cfg["hidden"], [s // 16 for s in cfg["image-size"]]
        l = h * w
        self.h, self.w, self.cfg = h, w, cfg
        n = self.n = len(channels)
        self.patch_embed = nn.ModuleList([nn.Identity()] + [PatchEmbed(d, d * (i + 1) // 2, 2 ** i) for i in range(1, n)])
        self.transformer_block = nn.ModuleList(AttentionBlock(cfg["attention"], d, l) for _ in range(n))
        plain = cfg["query"]["processor"] == "plain"
        self.spatial_query_feat = nn.Embedding(l if plain else 2 * l, d)
        self.spatial_query_embed = nn.Embedding(l, d)
        if not plain:
            self.feature_projector = projector(cfg["query"]["projector"], d)
            self.query_processor = ReWeighted(d)
        self.plain = plain
        self.level_embed_src = nn.Embedding(n, d)
        self.input_proj = nn.ModuleList(nn.Conv2d(d if i == 0 else d * (i + 1) // 2, d, 1) for i in range(n))
        self.layer_adaptors = nn.ModuleList(gated_cnn(cfg["gated-cnn"], d) for _ in range(n))
        self.decoder_norm = nn.LayerNorm(d)
        self.out_agg = nn.ModuleList(
            nn.Sequential(nn.Identity(), conv(d, d, 3), conv(d, d, 3), conv(d, channels[n - 1 - i], 3)) for i in range(n))
    def forward(self, ys, pos, tap):
        h, w, b = self.h, self.w, ys[0].shape[0]
        mask = neighbor_mask(h, w, self.cfg["attention"]["neighbour-mask"])
        if self.plain:
            x = self.spatial_query_feat.weight[:, None].expand(-1, b, -1)
        else:
            f = self.feature_projector(ys[0]); tap("feature_projector", f)
            q = self.query_processor(self.spatial_query_feat.weight, f, tap); tap("query.adaptor", q)
            x = tokens(q)
        tap("query_output", x)
        code = self.spatial_query_embed.weight[:, None]
        recon = []
        for i in range(self.n):
            p = self.patch_embed[i](ys[i]); tap("patch_embed%d" % i, p)
            p = self.input_proj[i](p); tap("input_proj%d" % i, p)
            src = tokens(p) + self.level_embed_src.weight[i]; tap("level%d.src" % i, src)
            x = self.transformer_block[i](x, src, pos, code, mask, lambda n, v: tap("level%d.%s" % (i, n), v))
            g = self.layer_adaptors[i](image(x, h, w)); tap("level%d.adaptor" % i, g)
            x = tokens(g)
            n = self.decoder_norm(x); tap("decoder_norm" + ("#%d" % i if i else ""), n)
            up = F.interpolate(image(n, h, w), size=(h << i, w << i), mode="bilinear", align_corners=True)
            r = self.out_agg[i](up); tap("level%d.recon_feature" % i, r)
            recon.append(r)
        return recon

class Head(nn.Module):
    pass

class UniAS(nn.Module):
    def __init__(self, over=None):
        super().__init__()
        cfg = self.cfg = merged(over or {})
        self.backbone = EfficientNet(cfg["backbone"])
        ch = self.backbone.channels[4 - cfg["network"]["levels"]:]
        m = 2 if cfg["features"] == "gaussian-residual" else 1
        self.sem_seg_head = Head()
        self.sem_seg_head.pixel_decoder = PixelDecoder(cfg["pixel-decoder"], cfg["hidden"], [m * c for c in ch])
        self.sem_seg_head.predictor = Predictor(cfg, ch)
        for p in self.backbone.parameters(): p.requires_grad_(False)
        self.noise = None   # list of four tensors: force jitter with this noise
    def train(self, mode=True):
        super().train(mode)
        self.backbone.eval()
        return self
    def forward(self, x, tap=None):
        cfg = self.cfg
        T = (lambda p: (lambda n, v: tap.__setitem__(p + n, v))) if tap is not None else (lambda p: (lambda n, v: None))
        with torch.no_grad():
            raw = self.backbone(x, tap)[4 - cfg["network"]["levels"]:]
            targets, feats = [], []
            for f in raw:
                s = f if cfg["features"] == "none" else blur(f, 3, 1.0)
                targets.append(s)
                feats.append(torch.cat((s, f - s), 1) if cfg["features"] == "gaussian-residual" else s)
            if self.noise is not None:
                feats = [f + n * (f.norm(dim=1, keepdim=True) / f.shape[1]) * cfg["jitter"]["scale"] for f, n in zip(feats, self.noise)]
        for k in range(len(raw)):
            T("features.")("res%d" % (k + 1), targets[k]); T("noised_features.")("res%d" % (k + 1), feats[k])
        h, w = raw[-1].shape[-2:]
        pe = position_code(cfg["hidden"], h, w).to(x.dtype)
        T("pixel_decoder.")("pe", pe[None].expand(x.shape[0], -1, -1, -1))
        pos = tokens(pe[None])
        ys = self.sem_seg_head.pixel_decoder(feats, pos, T("pixel_decoder."))
        recon = self.sem_seg_head.predictor(ys, pos, T("predictor."))
        targets = targets[::-1]   # coarse to fine, as the reconstructions
        maps, terms = [], []
        half = [s // 2 for s in cfg["image-size"]]
        for i, (r, t) in enumerate(zip(recon, targets)):
            a = 1 - F.cosine_similarity(r, t, dim=1, eps=1e-8)[:, None]; T("predictor.")("level%d.anomaly_native" % i, a)
            terms.append((F.mse_loss(r, t), a.mean()))
            a = F.interpolate(a, size=half, mode="bilinear", align_corners=False); T("predictor.")("level%d.anomaly_interp" % i, a)
            if cfg["map-filter"] == "gaussian": a = blur(a, 2 * i + 3, (2 * i + 3) / 3)
            T("predictor.")("level%d.anomaly_blurred" % i, a)
            maps.append(a)
        m = math.prod(maps) if cfg["fusion"] == "product" else sum(maps) / len(maps)
        T("predictor.")("product_map", m)
        pred = F.interpolate(m, size=cfg["image-size"], mode="bilinear", align_corners=True)
        T("")("pred", pred)
        return {"pred": pred, "recon": recon, "maps": maps, "targets": targets, "terms": terms}
    def loss(self, out, cosine=None):
        c = self.cfg["loss"]
        cosine = cosine or c["cosine"]
        total = 0
        for mse, an in out["terms"]:
            if "mse" in c["terms"]: total = total + mse
            if "cosine" in c["terms"]: total = total + (an if cosine == "paper" else 1 - an)
        return c["weight"] * total
