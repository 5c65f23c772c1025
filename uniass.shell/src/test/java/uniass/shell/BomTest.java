/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What plug-ins are built against has the versions that the product runs with. */
class BomTest {

  private static Document read(String pom) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(Path.of("..", pom).toFile());
  }

  private static String text(Element in, String name) {
    NodeList found = in.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent();
  }

  private static Map<String, Element> managed(Document pom) {
    Element all = (Element) pom.getElementsByTagName("dependencyManagement").item(0);
    Map<String, Element> managed = new TreeMap<>();
    NodeList found = all.getElementsByTagName("dependency");
    for (int i = 0; i < found.getLength(); i++) {
      Element one = (Element) found.item(i);
      managed.put(text(one, "artifactId"), one);
    }
    return managed;
  }

  @Test
  void agreesWithTheProduct() throws Exception {
    Document product = read("pom.xml");
    Document bom = read("uniass.bom/pom.xml");
    Map<String, Element> versions = managed(product);
    Element project = bom.getDocumentElement();
    assertEquals(0, project.getElementsByTagName("parent").getLength(), "brings no other versions");
    assertEquals(text(product.getDocumentElement(), "version"), text(project, "version"));
    managed(bom)
        .forEach(
            (name, entry) -> {
              assertEquals("provided", text(entry, "scope"), name);
              String expected =
                  name.startsWith("uniass.")
                      ? "${project.version}"
                      : name.equals("slf4j-api")
                          ? text(product.getDocumentElement(), "slf4j.distribution.version")
                          : text(versions.get(name), "version");
              assertEquals(expected, text(entry, "version"), name);
            });
  }

  @Test
  void isWhatTemplatesImport() throws Exception {
    for (String template : new String[] {"ablation", "ejector"}) {
      Document pom = read("templates/" + template + "/pom.xml");
      assertEquals("import", text(managed(pom).get("uniass.bom"), "scope"));
      NodeList all = pom.getDocumentElement().getChildNodes();
      for (int i = 0; i < all.getLength(); i++) {
        if (all.item(i).getNodeName().equals("dependencies")) {
          NodeList own = ((Element) all.item(i)).getElementsByTagName("dependency");
          assertTrue(own.getLength() > 0);
          for (int d = 0; d < own.getLength(); d++) {
            assertEquals("", text((Element) own.item(d), "version"), template);
          }
        }
      }
    }
  }
}
