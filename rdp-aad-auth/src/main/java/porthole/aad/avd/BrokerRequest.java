package porthole.aad.avd;

import com.fasterxml.jackson.databind.node.ObjectNode;
import porthole.aad.json.StrictJson;

/**
 * What the broker is asked for; both texts stand literally in the resource's connection file.
 *
 * @param application {@code remoteapplicationprogram}
 * @param loadBalanceInfo {@code loadbalanceinfo}
 */
public record BrokerRequest(String application, String loadBalanceInfo) {
    /** The body: compact JSON with the members that FreeRDP sends, in its order. */
    public String toJson() {
        ObjectNode body =
                StrictJson.newObject().put("application", application).put("loadBalanceInfo", loadBalanceInfo);
        body.putNull("LogonToken");
        body.putNull("gatewayLoadBalancerToken");
        return body.toString();
    }
}
