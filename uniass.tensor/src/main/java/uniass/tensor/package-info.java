/**
 * Tensors for people who write network parts: the facade of operations ({@link uniass.tensor.Ops}),
 * named parameters ({@link uniass.tensor.ParameterScope}) and the state of one forward pass ({@link
 * uniass.tensor.Pass}).
 *
 * <p>Images are (N,C,H,W), tokens are (N,L,C), both float32 and row-major. Plug-ins import {@code
 * ai.djl.ndarray} only for the type {@link ai.djl.ndarray.NDArray} and compute through {@code Ops}.
 */
@Export
@Version("1.0.0")
package uniass.tensor;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
