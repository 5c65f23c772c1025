# What is usual at each place of normal maps.


# Of each image (N,D) the grids (N,K,G,G) of the category (M,1) of the known image (M,D) that is the
# most similar.
def of_most_similar(
    self, images: Tensor, known: Tensor, categories: Tensor, grids: Tensor
) -> Tensor:
    apart = torch.linalg_vector_norm(images.unsqueeze(1) - known.unsqueeze(0), 2, [2])
    category = categories.flatten().index_select(0, apart.argmin(1))
    return grids.index_select(0, category.to(4))


# The means of maps and of their squares in each place of a grid: (N,2,G,G).
def moments(self, maps: Tensor, grid: int) -> Tensor:
    return torch.adaptive_avg_pool2d(torch.cat([maps, maps * maps], 1), [grid, grid])
