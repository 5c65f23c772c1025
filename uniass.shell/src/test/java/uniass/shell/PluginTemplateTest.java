/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uniass.api.plugin.PluginType;

class PluginTemplateTest {

  @TempDir Path folder;

  static List<String> types() {
    return PluginTemplate.TYPES;
  }

  @Test
  void thereIsOneForEachType() throws Exception {
    Set<String> all = new TreeSet<>();
    for (Field constant : PluginType.class.getFields()) {
      if (Modifier.isStatic(constant.getModifiers())) {
        all.add((String) constant.get(null));
      }
    }
    assertEquals(all, new TreeSet<>(PluginTemplate.TYPES));
  }

  @ParameterizedTest
  @MethodSource("types")
  void compilesAgainstThePublishedContracts(String type) throws Exception {
    PluginTemplate template = new PluginTemplate(type, "my-first-" + type);
    template.write(folder, Optional.of(Path.of("/opt/uniass")));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      assertTrue(
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("-Xlint:all", "-proc:none", "-d", folder.toString()),
                  null,
                  files.getJavaFileObjects(folder.resolve(template.classFile())))
              .call(),
          said::toString);
    }
    String pom = template.files(Optional.of(Path.of("/opt/uniass"))).get("pom.xml");
    assertTrue(pom.contains("<artifactId>my-first-" + type + "</artifactId>"), pom);
    assertTrue(pom.contains("<uniass.home>/opt/uniass</uniass.home>"), pom);
  }

  @Test
  void namesTheClassAfterThePlugin() {
    assertEquals("MyLoss2b", new PluginTemplate(PluginType.LOSS, "my-loss-2b").className());
  }
}
