/** Query projectors and processors: learned queries, re-weighted by the sample. */
package uniass.model.query;
