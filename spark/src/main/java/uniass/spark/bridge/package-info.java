/**
 * The framework's side: services of ours behind functions of Java's own types, because the classes
 * of bundles are not those of Spark's class path.
 */
package uniass.spark.bridge;
