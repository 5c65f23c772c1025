/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes out of texts who the user is: home folders, and the user's name in other paths. */
final class Anonymous {

  private static final Pattern HOMES = Pattern.compile("/(home|Users)/[^/\\s';:,]+");

  private final List<String> homes;
  private final String user;

  /**
   * Hides a user.
   *
   * @param homes home folders; those that are not absolute are left alone
   * @param user the user's name
   */
  Anonymous(List<String> homes, String user) {
    this.homes = homes.stream().filter(home -> home.matches("/.+")).toList();
    this.user = user;
  }

  /** The same result with every text in it changed. */
  Object of(Object value) {
    if (value instanceof String text) {
      return hidden(text);
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, Object> changed = new LinkedHashMap<>();
      map.forEach((key, content) -> changed.put(key, of(content)));
      return changed;
    } else if (value instanceof List<?> list) {
      List<Object> changed = new ArrayList<>();
      list.forEach(content -> changed.add(of(content)));
      return changed;
    }
    return value;
  }

  private String hidden(String text) {
    String changed = text;
    for (String home : homes) {
      changed = changed.replaceAll(Pattern.quote(home) + "(?=[/\\s';:,]|$)", "~");
    }
    changed = HOMES.matcher(changed).replaceAll("~");
    if (user.length() > 1) { // in paths: as a word it may be one that means something
      Pattern named = Pattern.compile("(?<=[/-])" + Pattern.quote(user) + "(?=[/\\s';:,]|$)");
      changed = named.matcher(changed).replaceAll(Matcher.quoteReplacement("USER"));
    }
    return changed;
  }
}
