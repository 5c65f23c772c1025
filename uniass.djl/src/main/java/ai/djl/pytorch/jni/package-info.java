/**
 * One class in DJL's own package, because it calls what only this package sees: the methods of a
 * script by name.
 */
package ai.djl.pytorch.jni;
