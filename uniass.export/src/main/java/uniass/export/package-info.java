/**
 * Writes a network as ONNX by recording what it computes, and holds the file against the network
 * before it gets its name.
 */
package uniass.export;
