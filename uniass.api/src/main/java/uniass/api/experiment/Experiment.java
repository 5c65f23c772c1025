package uniass.api.experiment;

/**
 * A checked experiment.
 *
 * @param name its name
 * @param yaml all its settings, with defaults filled in
 */
public record Experiment(String name, String yaml) {}
