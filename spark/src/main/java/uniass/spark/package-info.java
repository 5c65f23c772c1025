/**
 * Spark's side: {@code sweep} runs the trials of a study, {@code score} inspects a list of images.
 * Each process has one framework ({@link uniass.spark.Host}).
 */
package uniass.spark;
