/**
 * The layers that the networks are built of, as the papers define them. Own code, because DJL has
 * none of them with the values and names that are needed.
 */
package uniass.model.layer;
