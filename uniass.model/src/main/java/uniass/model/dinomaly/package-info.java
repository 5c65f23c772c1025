/* SPDX-License-Identifier: Apache-2.0 */
/** Reconstruction of a vision transformer's features by a decoder that is kept from copying. */
package uniass.model.dinomaly;
