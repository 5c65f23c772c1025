package uniass.api.network;

import uniass.api.plugin.Part;
import uniass.api.plugin.Settings;

/**
 * A part as an experiment chose it.
 *
 * @param <P> the part's contract
 * @param name the plug-in's name
 * @param part the run's own instance
 * @param settings its checked settings
 */
public record Configured<P extends Part>(String name, P part, Settings settings) {}
