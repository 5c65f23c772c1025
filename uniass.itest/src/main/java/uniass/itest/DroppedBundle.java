/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes a plug-in's bundle: a component description; its class comes from the test bundle. */
final class DroppedBundle {

  static final String NAME = "dropped-cnn";

  static final String SYMBOLIC_NAME = "org.example.dropped";

  private static final String COMPONENT = "OSGI-INF/dropped.xml";

  private DroppedBundle() {}

  static void write(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", SYMBOLIC_NAME);
    headers.putValue("Bundle-Version", "1.0.0");
    headers.putValue(
        "Import-Package",
        "uniass.itest.plugin;version=\"[1,2)\",uniass.api.network;version=\"[1,2)\"");
    headers.putValue("Service-Component", COMPONENT);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.putNextEntry(new JarEntry(COMPONENT));
      out.write(
          """
          <?xml version="1.0" encoding="UTF-8"?>
          <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="dropped">
            <implementation class="uniass.itest.plugin.DroppedCnn"/>
            <service scope="prototype">
              <provide interface="uniass.api.network.GatedCnn"/>
            </service>
            <property name="uniass.name" value="%s"/>
            <property name="uniass.description" value="a gated CNN that comes and goes"/>
          </scr:component>
          """
              .formatted(NAME)
              .getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    }
  }
}
