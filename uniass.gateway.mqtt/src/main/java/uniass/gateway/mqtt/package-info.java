/** Images from a broker's topics, results and status to others, by MQTT 5. */
package uniass.gateway.mqtt;
