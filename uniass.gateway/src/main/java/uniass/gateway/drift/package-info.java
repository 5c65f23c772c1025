/** Notices that images or scores at the line are not what they were when the model was trained. */
package uniass.gateway.drift;
