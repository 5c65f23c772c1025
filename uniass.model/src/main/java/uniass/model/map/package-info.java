/** From distances per level to the anomaly map: map filters and map fusions. */
package uniass.model.map;
