/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import java.util.ArrayList;
import java.util.List;
import uniass.api.experiment.PluginInfo;
import uniass.api.experiment.SettingInfo;
import uniass.api.plugin.Part;
import uniass.api.plugin.Setting;
import uniass.inference.plugin.Plugins;

/**
 * The settings of experiments in words, as they are declared: for {@code help}, completion and the
 * reference pages.
 */
public final class SettingsReference {

  private final Plugins plugins;

  /** Describes settings; values that are names of plug-ins are those that are there now. */
  public SettingsReference(Plugins plugins) {
    this.plugins = plugins;
  }

  /** All settings, in the order in which they are written. */
  public List<SettingInfo> experiment() {
    List<SettingInfo> rows = new ArrayList<>();
    add(ExperimentSpec.class, "", rows);
    return rows;
  }

  private void add(Class<? extends Record> section, String path, List<SettingInfo> rows) {
    for (Entry entry : Entry.of(section)) {
      String inside = SpecReader.join(path, entry.key().in());
      String key = SpecReader.join(entry.key().in().isEmpty() ? path : inside, entry.name());
      rows.add(new SettingInfo(key, values(entry), entry.key().defaultValue(), entry.key().help()));
      entry.section().ifPresent(below -> add(below, key, rows));
    }
  }

  private String values(Entry entry) {
    if (!entry.key().expected().isEmpty()) {
      return entry.key().expected();
    }
    if (!entry.key().part().isEmpty()) {
      String names = String.join(", ", plugins.names(entry.key().part()));
      return entry.isParts() ? "a list of: " + names : names;
    }
    return entry.section().isPresent() ? "" : values(entry.setting());
  }

  /** The settings that a plug-in declares. */
  public List<SettingInfo> plugin(PluginInfo plugin) {
    try (Plugins.Taken<Part> taken = plugins.take(plugin.type(), plugin.name(), Part.class)) {
      return PartReader.declared(plugin.name(), taken.part()).stream()
          .map(s -> new SettingInfo(s.name(), values(s), words(s.defaultValue()), s.description()))
          .toList();
    }
  }

  private static String words(Object value) {
    return value == null ? "" : Differences.words(value).replaceAll("^\\[|]$", "");
  }

  /** What a setting may be. */
  private static String values(Setting setting) {
    String choices = String.join(", ", setting.choices());
    return switch (setting.kind()) {
      case INTEGER ->
          setting.minimum() == Long.MIN_VALUE ? "a whole number" : "whole, " + range(setting);
      case NUMBER -> range(setting);
      case BOOLEAN -> "true, false";
      case TEXT -> choices.isEmpty() ? "a text" : choices;
      case TEXTS -> choices.isEmpty() ? "a list of texts" : "a list of: " + choices;
      case MAP -> "a map";
    };
  }

  private static String range(Setting setting) {
    return SectionReader.number(setting.minimum())
        + " to "
        + SectionReader.number(setting.maximum());
  }
}
