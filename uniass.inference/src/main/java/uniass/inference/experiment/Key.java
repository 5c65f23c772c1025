/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.experiment;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a setting of experiments, on the component of a record that holds its value. This is the
 * only place where a setting stands: reader, writer, comparison, {@code help}, completion and the
 * reference page follow from it. The component's type decides what values it takes:
 *
 * <ul>
 *   <li>{@code int}, {@code long}, {@code double}: a number from {@link #minimum} to {@link
 *       #maximum};
 *   <li>{@code boolean}, {@code String}, {@code Path}, {@link ImageSize};
 *   <li>an enum: one of its constants in kebab case;
 *   <li>a list or set of texts;
 *   <li>{@link PartSpec}, or a list of them: plug-ins of the type {@link #part};
 *   <li>another record, or an optional one: a map of settings.
 * </ul>
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {

  /** What it is, in a line. */
  String help();

  /** The key in YAML; by default the component's name in kebab case. */
  String name() default "";

  /** The value if the experiment has none, several with commas; empty for nothing. */
  String defaultValue() default "";

  /** What it meant before it was a setting: its value in models that do not have it. */
  String formerDefault() default "";

  /** Smallest number, inclusive. */
  double minimum() default Double.NEGATIVE_INFINITY;

  /** Largest number, inclusive. */
  double maximum() default Double.POSITIVE_INFINITY;

  /** The words that a text may be; empty for any. */
  String[] choices() default {};

  /** The pattern that a text has to match; empty for any. */
  String matches() default "";

  /** The values in words, if neither type nor choices say it: {@code auto, cpu or cuda:N}. */
  String expected() default "";

  /**
   * The words among file names, which are left as they are; a text without one is not a file name.
   */
  String[] fileOr() default {};

  /** The type of plug-in, one of {@link uniass.api.plugin.PluginType}. */
  String part() default "";

  /** The key of the plug-in in whose map it stands, if it does not stand beside it. */
  String in() default "";

  /** Whether settings of the plug-ins of a list may stand beside the list, under their names. */
  boolean settingsBeside() default false;

  /** Whether it means the same on every machine, so that models carry it and a resume compares. */
  boolean portable() default true;
}
